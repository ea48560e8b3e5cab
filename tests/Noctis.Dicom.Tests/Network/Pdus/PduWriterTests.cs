using System.Buffers;
using Noctis.Dicom.Network.Pdus;

namespace Noctis.Dicom.Tests.Network.Pdus;

public class PduWriterTests
{
    [Fact]
    public void AAssociateRq_EveryItem_WritesTheGoldenBytes()
    {
        var pdu = new AAssociateRq
        {
            CalledAETitle = "NOCTIS_SERVER",
            CallingAETitle = "PEER",
            PresentationContexts =
            [
                new PresentationContextRq(1, "1.2.840.10008.5.1.4.1.1.2", ["1.2.840.10008.1.2.1", "1.2.840.10008.1.2"]),
                new PresentationContextRq(3, "1.2.840.10008.5.1.4.1.2.2.1", ["1.2.840.10008.1.2"]),
            ],
            UserInformation = new UserInformation
            {
                MaximumLength = 262144,
                ImplementationClassUid = "1.2.826.0.1.3680043.9.1",
                ImplementationVersionName = "PEER_1",
                AsynchronousOperationsWindow = new AsynchronousOperationsWindow(4, 0),
                RoleSelections = [new RoleSelection("1.2.840.10008.5.1.4.1.1.2", false, true)],
                ExtendedNegotiations = [new SopClassExtendedNegotiation("1.2.840.10008.5.1.4.1.2.2.1", new byte[] { 1, 1, 0 })],
                CommonExtendedNegotiations =
                [
                    new SopClassCommonExtendedNegotiation(
                        "1.2.840.10008.5.1.4.1.1.88.33", "1.2.840.10008.4.2", ["1.2.840.10008.5.1.4.1.1.88.22"]),
                ],
                UserIdentity = new UserIdentityRq(UserIdentityType.UsernameAndPasscode, true, "anna"u8.ToArray(), "secret"u8.ToArray()),
                UnknownItems = [new UnknownItem(0x7F, new byte[] { 0xCA, 0xFE })],
            },
            UnknownItems = [new UnknownItem(0x60, new byte[] { 1, 2, 3 })],
        };

        Assert.Equal(PduSamples.FullRq, PduReaderTests.Write(pdu));
    }

    [Fact]
    public void AAssociateAc_EveryItem_WritesTheGoldenBytes()
    {
        var pdu = new AAssociateAc
        {
            CalledAETitle = "NOCTIS_SERVER",
            CallingAETitle = "PEER",
            PresentationContexts =
            [
                new PresentationContextAc(1, PresentationContextResult.Acceptance, "1.2.840.10008.1.2.1"),
                new PresentationContextAc(3, PresentationContextResult.AbstractSyntaxNotSupported, "1.2.840.10008.1.2"),
            ],
            UserInformation = new UserInformation
            {
                ImplementationClassUid = "1.2.826.0.1.3680043.9.1",
                ImplementationVersionName = "NOCTIS_0_1",
                AsynchronousOperationsWindow = new AsynchronousOperationsWindow(1, 1),
                RoleSelections = [new RoleSelection("1.2.840.10008.5.1.4.1.1.2", false, true)],
                UserIdentityResponse = new UserIdentityAc("tok"u8.ToArray()),
            },
        };

        Assert.Equal(PduSamples.FullAc, PduReaderTests.Write(pdu));
    }

    [Fact]
    public void ShortPdus_EachKind_WriteTheGoldenBytes()
    {
        Assert.Equal(
            PduSamples.Rj,
            PduReaderTests.Write(new AAssociateRj(AssociateRejectResult.RejectedPermanent, AssociateRejectReason.CalledAETitleNotRecognized)));
        Assert.Equal(PduSamples.ReleaseRq, PduReaderTests.Write(AReleaseRq.Instance));
        Assert.Equal(PduSamples.ReleaseRp, PduReaderTests.Write(AReleaseRp.Instance));
        Assert.Equal(
            PduSamples.Abort, PduReaderTests.Write(new PduException(AbortReason.InvalidPduParameterValue, "test").ToAbort()));
    }

    [Fact]
    public void AAbort_ByServiceUser_WritesNoReason()
    {
        var bytes = PduReaderTests.Write(new AAbort(AbortSource.ServiceUser, AbortReason.UnexpectedPdu));

        Assert.Equal(WireBytes.Parse("07 00 00000004 0000 00 00"), bytes);
    }

    [Fact]
    public void PDataTf_TwoValues_WritesTheGoldenBytes()
    {
        var pdu = new PDataTf(
            new PresentationDataValue(1, true, true, new ReadOnlySequence<byte>("CMND"u8.ToArray())),
            new PresentationDataValue(1, false, false, new ReadOnlySequence<byte>("DATA"u8.ToArray())));

        Assert.Equal(PduSamples.Data, PduReaderTests.Write(pdu));
    }

    [Fact]
    public void AAssociateRj_EveryReason_WritesSourceAndReasonOfTable921()
    {
        // PS3.8 9.3.4, Table 9-21: source, reason.
        (AssociateRejectReason Reason, byte Source, byte Code)[] table =
        [
            (AssociateRejectReason.NoReasonGiven, 1, 1),
            (AssociateRejectReason.ApplicationContextNameNotSupported, 1, 2),
            (AssociateRejectReason.CallingAETitleNotRecognized, 1, 3),
            (AssociateRejectReason.CalledAETitleNotRecognized, 1, 7),
            (AssociateRejectReason.NoReasonGivenByProvider, 2, 1),
            (AssociateRejectReason.ProtocolVersionNotSupported, 2, 2),
            (AssociateRejectReason.TemporaryCongestion, 3, 1),
            (AssociateRejectReason.LocalLimitExceeded, 3, 2),
        ];
        Assert.Equal(Enum.GetValues<AssociateRejectReason>(), table.Select(row => row.Reason));
        foreach (var (reason, source, code) in table)
        {
            var bytes = PduReaderTests.Write(new AAssociateRj(AssociateRejectResult.RejectedTransient, reason));
            Assert.Equal([3, 0, 0, 0, 0, 4, 0, 2, source, code], bytes);
        }
    }

    [Theory]
    [InlineData("SEVENTEEN_LETTERS", "AE")]
    [InlineData("AE", "MÜNCHEN")]
    public void AAssociateRq_AETitleThatCannotBeEncoded_Throws(string called, string calling) =>
        Assert.Throws<ArgumentException>(() => PduReaderTests.Write(new AAssociateRq { CalledAETitle = called, CallingAETitle = calling }));

    [Fact]
    public void AAssociateRq_ItemLongerThanItsLengthField_Throws()
    {
        var pdu = new AAssociateRq
        {
            CalledAETitle = "A",
            CallingAETitle = "B",
            UnknownItems = [new UnknownItem(0x60, new byte[65536])],
        };

        Assert.Throws<ArgumentException>(() => PduReaderTests.Write(pdu));
    }

    [Fact]
    public void PDataTf_WithoutValues_Throws() => Assert.Throws<ArgumentException>(() => new PDataTf([]));
}
