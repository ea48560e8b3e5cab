using System.Buffers;
using System.Text;
using Noctis.Dicom.Network.Pdus;

namespace Noctis.Dicom.Tests.Network.Pdus;

public class PduReaderTests
{
    [Fact]
    public void AAssociateRq_FromDcmtk_IsRead()
    {
        var pdu = Read<AAssociateRq>(PduSamples.DcmtkEchoRq);

        Assert.Equal(1, pdu.ProtocolVersion);
        Assert.Equal("CENTRALHOSP1A2B", pdu.CalledAETitle);
        Assert.Equal("CT_ROOM_2", pdu.CallingAETitle);
        Assert.Equal("1.2.840.10008.3.1.1.1", pdu.ApplicationContextName);
        var context = Assert.Single(pdu.PresentationContexts);
        Assert.Equal(1, context.Id);
        Assert.Equal("1.2.840.10008.1.1", context.AbstractSyntax);
        Assert.Equal(["1.2.840.10008.1.2"], context.TransferSyntaxes);
        Assert.Equal(16384u, pdu.UserInformation.MaximumLength);
        Assert.Equal("1.2.276.0.7230010.3.0.3.6.7", pdu.UserInformation.ImplementationClassUid);
        Assert.Equal("OFFIS_DCMTK_367", pdu.UserInformation.ImplementationVersionName);
        Assert.Null(pdu.UserInformation.AsynchronousOperationsWindow);
        Assert.Null(pdu.UserInformation.UserIdentity);
    }

    [Fact]
    public void AAssociateRq_EveryItem_IsRead()
    {
        var pdu = Read<AAssociateRq>(PduSamples.FullRq);

        Assert.Equal("NOCTIS_SERVER", pdu.CalledAETitle);
        Assert.Equal("PEER", pdu.CallingAETitle);
        Assert.Equal([1, 3], pdu.PresentationContexts.Select(context => (int)context.Id));
        Assert.Equal("1.2.840.10008.5.1.4.1.1.2", pdu.PresentationContexts[0].AbstractSyntax);
        Assert.Equal(["1.2.840.10008.1.2.1", "1.2.840.10008.1.2"], pdu.PresentationContexts[0].TransferSyntaxes);
        AssertUnknown(0x60, [1, 2, 3], Assert.Single(pdu.UnknownItems));

        var user = pdu.UserInformation;
        Assert.Equal(262144u, user.MaximumLength);
        Assert.Equal("1.2.826.0.1.3680043.9.1", user.ImplementationClassUid);
        Assert.Equal(new AsynchronousOperationsWindow(4, 0), user.AsynchronousOperationsWindow);
        Assert.Equal([new RoleSelection("1.2.840.10008.5.1.4.1.1.2", false, true)], user.RoleSelections);
        Assert.Equal("PEER_1", user.ImplementationVersionName);
        var extended = Assert.Single(user.ExtendedNegotiations);
        Assert.Equal("1.2.840.10008.5.1.4.1.2.2.1", extended.SopClassUid);
        Assert.Equal([1, 1, 0], extended.ApplicationInformation.ToArray());
        var common = Assert.Single(user.CommonExtendedNegotiations);
        Assert.Equal("1.2.840.10008.5.1.4.1.1.88.33", common.SopClassUid);
        Assert.Equal("1.2.840.10008.4.2", common.ServiceClassUid);
        Assert.Equal(["1.2.840.10008.5.1.4.1.1.88.22"], common.RelatedGeneralSopClassUids);
        Assert.Equal(UserIdentityType.UsernameAndPasscode, user.UserIdentity!.IdentityType);
        Assert.True(user.UserIdentity.PositiveResponseRequested);
        Assert.Equal("anna", Encoding.UTF8.GetString(user.UserIdentity.PrimaryField.Span));
        Assert.Equal("secret", Encoding.UTF8.GetString(user.UserIdentity.SecondaryField.Span));
        AssertUnknown(0x7F, [0xCA, 0xFE], Assert.Single(user.UnknownItems));
    }

    [Fact]
    public void AAssociateAc_EveryItem_IsRead()
    {
        var pdu = Read<AAssociateAc>(PduSamples.FullAc);

        Assert.Equal("NOCTIS_SERVER", pdu.CalledAETitle);
        Assert.Equal("PEER", pdu.CallingAETitle);
        Assert.Equal(
            [
                new PresentationContextAc(1, PresentationContextResult.Acceptance, "1.2.840.10008.1.2.1"),
                new PresentationContextAc(3, PresentationContextResult.AbstractSyntaxNotSupported, "1.2.840.10008.1.2"),
            ],
            pdu.PresentationContexts);
        Assert.Equal(0u, pdu.UserInformation.MaximumLength);
        Assert.Equal(new AsynchronousOperationsWindow(1, 1), pdu.UserInformation.AsynchronousOperationsWindow);
        Assert.Equal([new RoleSelection("1.2.840.10008.5.1.4.1.1.2", false, true)], pdu.UserInformation.RoleSelections);
        Assert.Equal("NOCTIS_0_1", pdu.UserInformation.ImplementationVersionName);
        Assert.Equal("tok"u8.ToArray(), pdu.UserInformation.UserIdentityResponse!.ServerResponse.ToArray());
    }

    [Fact]
    public void AAssociateRj_CalledAETitle_IsRead()
    {
        var pdu = Read<AAssociateRj>(PduSamples.Rj);

        Assert.Equal(AssociateRejectResult.RejectedPermanent, pdu.Result);
        Assert.Equal(AssociateRejectSource.ServiceUser, pdu.Source);
        Assert.Equal(AssociateRejectReason.CalledAETitleNotRecognized, pdu.Reason);
        Assert.Equal("called AE title not recognized (permanent)", pdu.Describe());
    }

    [Fact]
    public void AAssociateRj_UndefinedCodes_AreKept()
    {
        var pdu = Read<AAssociateRj>(WireBytes.Parse("03 00 00000004 00 09 08 63"));

        Assert.Equal(9, (int)pdu.Result);
        Assert.Equal(8, (int)pdu.Source);
        Assert.Equal(0x63, pdu.ReasonCode);
        Assert.Equal("source 8, reason 99, which the standard does not define (result 9)", pdu.Describe());
    }

    [Fact]
    public void AAbort_ByProvider_IsRead()
    {
        var pdu = Read<AAbort>(PduSamples.Abort);

        Assert.Equal(AbortSource.ServiceProvider, pdu.Source);
        Assert.Equal(AbortReason.InvalidPduParameterValue, pdu.Reason);
        Assert.Equal("by the protocol: invalid PDU parameter value", pdu.Describe());
    }

    [Fact]
    public void Release_RequestAndResponse_AreRead()
    {
        Assert.Same(AReleaseRq.Instance, Read<AReleaseRq>(PduSamples.ReleaseRq));
        Assert.Same(AReleaseRp.Instance, Read<AReleaseRp>(PduSamples.ReleaseRp));
    }

    [Fact]
    public void PDataTf_TwoValues_AreSlicesOfTheBuffer()
    {
        var pdu = Read<PDataTf>(PduSamples.Data);

        var values = new List<PresentationDataValue>();
        foreach (var value in pdu)
            values.Add(value);

        Assert.Equal(2, values.Count);
        Assert.Equal((1, true, true), (values[0].ContextId, values[0].IsCommand, values[0].IsLast));
        Assert.Equal("CMND"u8.ToArray(), values[0].Fragment.ToArray());
        Assert.Equal((1, false, false), (values[1].ContextId, values[1].IsCommand, values[1].IsLast));
        Assert.Equal("DATA"u8.ToArray(), values[1].Fragment.ToArray());
        Assert.True(values[1].Fragment.FirstSpan.Overlaps(PduSamples.Data, out var offset));
        Assert.Equal(-22, offset);
    }

    [Fact]
    public void TryRead_TwoPdusInOneBuffer_TakesOneAtATime()
    {
        var buffer = new ReadOnlySequence<byte>([.. PduSamples.ReleaseRq, .. PduSamples.Abort]);

        Assert.True(PduReader.TryRead(ref buffer, PduLimits.Default, out var first));
        Assert.IsType<AReleaseRq>(first);
        Assert.Equal(PduSamples.Abort.Length, buffer.Length);
        Assert.True(PduReader.TryRead(ref buffer, PduLimits.Default, out var second));
        Assert.IsType<AAbort>(second);
        Assert.True(buffer.IsEmpty);
    }

    [Theory]
    [MemberData(nameof(PduSamples.Names), MemberType = typeof(PduSamples))]
    public void TryRead_CutAtEveryLength_AsksForMoreAndConsumesNothing(string name)
    {
        var bytes = PduSamples.All[name];
        for (var length = 0; length < bytes.Length; length++)
        {
            var buffer = new ReadOnlySequence<byte>(bytes, 0, length);
            Assert.False(PduReader.TryRead(ref buffer, PduLimits.Default, out var pdu), $"cut at {length}");
            Assert.Null(pdu);
            Assert.Equal(length, buffer.Length);
        }
    }

    [Theory]
    [MemberData(nameof(PduSamples.Names), MemberType = typeof(PduSamples))]
    public void TryRead_OneByteASegment_ReadsTheSame(string name)
    {
        var bytes = PduSamples.All[name];
        var whole = new ReadOnlySequence<byte>(bytes);
        var scattered = WireBytes.Segmented(bytes, 1);

        Assert.True(PduReader.TryRead(ref whole, PduLimits.Default, out var expected));
        Assert.True(PduReader.TryRead(ref scattered, PduLimits.Default, out var actual));

        Assert.Equal(Write(expected), Write(actual));
        Assert.True(scattered.IsEmpty);
    }

    internal static byte[] Write(Pdu pdu)
    {
        var output = new ArrayBufferWriter<byte>();
        PduWriter.Write(output, pdu);
        return output.WrittenSpan.ToArray();
    }

    internal static T Read<T>(byte[] bytes)
        where T : Pdu
    {
        var buffer = new ReadOnlySequence<byte>(bytes);
        Assert.True(PduReader.TryRead(ref buffer, PduLimits.Default, out var pdu));
        Assert.True(buffer.IsEmpty);
        return Assert.IsType<T>(pdu);
    }

    private static void AssertUnknown(byte type, byte[] value, UnknownItem item)
    {
        Assert.Equal(type, item.ItemType);
        Assert.Equal(value, item.Value.ToArray());
    }
}
