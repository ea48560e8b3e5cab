using System.Buffers;
using Noctis.Dicom.Network.Negotiation;
using Noctis.Dicom.Network.Pdus;
using Noctis.Dicom.Tests.Network.Pdus;
using static Noctis.Dicom.Tests.Network.Negotiation.Uids;

namespace Noctis.Dicom.Tests.Network.Negotiation;

public class AcceptorNegotiatorTests
{
    private static readonly AcceptorPolicy Policy = new()
    {
        FindAbstractSyntax = uid => uid switch
        {
            Verification => AbstractSyntaxPolicy.Accepting(ImplicitLittleEndian, ExplicitLittleEndian),
            CTImage => AbstractSyntaxPolicy.Accepting(ImplicitLittleEndian, ExplicitLittleEndian, JpegLossless),
            MRImage => AbstractSyntaxPolicy.Accepting(ImplicitLittleEndian) with { RequestorMayBeScp = true },
            _ => null,
        },
        MaximumLength = 262144,
        ImplementationClassUid = "1.2.3",
        ImplementationVersionName = "NOCTIS_0_1",
    };

    [Fact]
    public void FindProtocolFault_OrdinaryRequest_FindsNone() =>
        Assert.Null(AcceptorNegotiator.FindProtocolFault(PduReaderTests.Read<AAssociateRq>(PduSamples.DcmtkEchoRq)));

    [Theory]
    [InlineData(0x0001, true)]
    [InlineData(0x0003, true)] // a peer that speaks a later version too
    [InlineData(0xFFFF, true)]
    [InlineData(0x0000, false)]
    [InlineData(0x0002, false)]
    public void FindProtocolFault_ProtocolVersion_OnlyBit0Counts(ushort version, bool accepted)
    {
        var fault = AcceptorNegotiator.FindProtocolFault(Request([Context(1, CTImage, ImplicitLittleEndian)], version: version));

        if (accepted)
            Assert.Null(fault);
        else
            AssertFault(fault, AssociateRejectSource.ServiceProviderAcse, AssociateRejectReason.ProtocolVersionNotSupported, 2);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1.2.840.10008.3.1.1.2")]
    [InlineData("1.2.840.10008.3.1.1.1.1")]
    public void FindProtocolFault_OtherApplicationContext_IsNotSupported(string name)
    {
        var fault = AcceptorNegotiator.FindProtocolFault(
            Request([Context(1, CTImage, ImplicitLittleEndian)], applicationContext: name));

        AssertFault(fault, AssociateRejectSource.ServiceUser, AssociateRejectReason.ApplicationContextNameNotSupported, 2);
    }

    [Fact]
    public void FindProtocolFault_NoPresentationContext_IsRefused() =>
        AssertFault(
            AcceptorNegotiator.FindProtocolFault(Request([])),
            AssociateRejectSource.ServiceProviderAcse,
            AssociateRejectReason.NoReasonGivenByProvider,
            1);

    [Theory]
    [InlineData(0u, true)]
    [InlineData(1u, false)]
    [InlineData(7u, false)]
    [InlineData(8u, true)]
    public void FindProtocolFault_MaximumLength_MustHoldAMessage(uint maximumLength, bool accepted)
    {
        var request = Request([Context(1, CTImage, ImplicitLittleEndian)], new UserInformation { MaximumLength = maximumLength });

        Assert.Equal(accepted, AcceptorNegotiator.FindProtocolFault(request) is null);
    }

    [Fact]
    public void Accept_EachKindOfContext_GetsItsResult()
    {
        var negotiation = AcceptorNegotiator.Accept(
            Request(
            [
                Context(1, Verification, ImplicitLittleEndian),
                Context(3, StudyRootFind, ImplicitLittleEndian),
                Context(5, CTImage, Jpeg2000),
                Context(7, CTImage),
                Context(255, CTImage, Jpeg2000, JpegLossless),
            ]),
            Policy);

        Assert.Equal(
            [
                new PresentationContextAc(1, PresentationContextResult.Acceptance, ImplicitLittleEndian),
                new PresentationContextAc(3, PresentationContextResult.AbstractSyntaxNotSupported, ImplicitLittleEndian),
                new PresentationContextAc(5, PresentationContextResult.TransferSyntaxesNotSupported, Jpeg2000),
                new PresentationContextAc(7, PresentationContextResult.TransferSyntaxesNotSupported, ImplicitLittleEndian),
                new PresentationContextAc(255, PresentationContextResult.Acceptance, JpegLossless),
            ],
            negotiation.Response.PresentationContexts);
        Assert.Equal([1, 255], negotiation.Contexts.Accepted.Select(context => (int)context.Id));
        Assert.Null(negotiation.Contexts.Find(3)!.TransferSyntax);
        Assert.Null(negotiation.Contexts.FindAccepted(3));
        Assert.Null(negotiation.Contexts.Find(9));
        Assert.Equal(JpegLossless, negotiation.Contexts.FindAccepted(255)!.TransferSyntax);
        Assert.Equal([Jpeg2000, JpegLossless], negotiation.Contexts.Find(255)!.ProposedTransferSyntaxes);
    }

    [Theory]
    [InlineData(JpegLossless, ImplicitLittleEndian, JpegLossless)]
    [InlineData(ImplicitLittleEndian, JpegLossless, JpegLossless)] // a sender of compressed objects need not decompress them
    [InlineData(ImplicitLittleEndian, ExplicitLittleEndian, ImplicitLittleEndian)] // nothing compressed: as proposed
    [InlineData(ExplicitLittleEndian, ImplicitLittleEndian, ExplicitLittleEndian)]
    [InlineData(Jpeg2000, JpegLossless, JpegLossless)]
    [InlineData(Jpeg2000, ImplicitLittleEndian, ImplicitLittleEndian)] // compressed, but not accepted
    public void Accept_ByDefault_TakesCompressedFirst(string first, string second, string expected) =>
        Assert.Equal(expected, Choose(Policy, first, second));

    [Theory]
    [InlineData(JpegLossless, ImplicitLittleEndian, JpegLossless)]
    [InlineData(ImplicitLittleEndian, JpegLossless, ImplicitLittleEndian)]
    [InlineData(Jpeg2000, JpegLossless, JpegLossless)]
    public void Accept_AsProposed_TakesTheFirstThatItCan(string first, string second, string expected) =>
        Assert.Equal(expected, Choose(Preferring(policy => policy with { Preference = TransferSyntaxPreference.AsProposed }), first, second));

    [Theory]
    [InlineData(true, true, JpegLossless)]
    [InlineData(true, false, JpegLossless)]
    [InlineData(false, true, ImplicitLittleEndian)] // C-GET: the objects come from us, who cannot compress them
    public void Accept_RequestorOnlyReceives_TakesTheFirstProposed(bool scu, bool scp, string expected)
    {
        var negotiation = AcceptorNegotiator.Accept(
            Request(
                [Context(1, CTImage, ImplicitLittleEndian, JpegLossless)],
                new UserInformation { RoleSelections = [new RoleSelection(CTImage, scu, scp)] }),
            Preferring(policy => policy with { RequestorMayBeScp = true }));

        Assert.Equal(expected, negotiation.Contexts[0].TransferSyntax);
    }

    [Theory]
    [InlineData(ImplicitLittleEndian, ExplicitLittleEndian, ExplicitLittleEndian)] // both wanted: ours first
    [InlineData(JpegLossless, ImplicitLittleEndian, ImplicitLittleEndian)] // a wanted one before one that is only accepted
    [InlineData(JpegLossless, Jpeg2000, JpegLossless)] // none wanted: as proposed
    public void Accept_WithPreference_TakesTheMostWanted(string first, string second, string expected)
    {
        // Jpeg2000 is wanted most of all, but not accepted: wanting does not make it so.
        var preferring = Preferring(policy => policy with { PreferredTransferSyntaxes = [Jpeg2000, ExplicitLittleEndian, ImplicitLittleEndian] });

        Assert.Equal(expected, Choose(preferring, first, second));
    }

    [Theory]
    [InlineData(MRImage, false, true, false, true)] // C-GET: the requestor stores nothing, and receives
    [InlineData(MRImage, true, true, true, true)]
    [InlineData(MRImage, true, false, true, false)]
    [InlineData(CTImage, true, true, true, false)] // SCP is not allowed there
    public void Accept_RoleSelection_IsAnsweredWithinPolicy(string sopClass, bool scu, bool scp, bool expectedScu, bool expectedScp)
    {
        var negotiation = AcceptorNegotiator.Accept(
            Request(
                [Context(1, sopClass, ImplicitLittleEndian)],
                new UserInformation { RoleSelections = [new RoleSelection(sopClass, scu, scp)] }),
            Policy);

        Assert.Equal([new RoleSelection(sopClass, expectedScu, expectedScp)], negotiation.Response.UserInformation.RoleSelections);
        var context = negotiation.Contexts.FindAccepted(1)!;
        Assert.Equal((expectedScu, expectedScp), (context.RequestorIsScu, context.RequestorIsScp));
    }

    [Fact]
    public void Accept_OnlyARoleThatIsNotAllowed_RejectsTheContext()
    {
        var negotiation = AcceptorNegotiator.Accept(
            Request(
                [Context(1, CTImage, ImplicitLittleEndian)],
                new UserInformation { RoleSelections = [new RoleSelection(CTImage, false, true)] }),
            Policy);

        Assert.Equal(PresentationContextResult.UserRejection, negotiation.Contexts[0].Result);
        Assert.Equal([new RoleSelection(CTImage, false, false)], negotiation.Response.UserInformation.RoleSelections);
    }

    [Fact]
    public void Accept_NoRoleSelection_RequestorIsScuAndNothingIsAnswered()
    {
        var negotiation = AcceptorNegotiator.Accept(Request([Context(1, MRImage, ImplicitLittleEndian)]), Policy);

        Assert.Empty(negotiation.Response.UserInformation.RoleSelections);
        Assert.True(negotiation.Contexts[0] is { RequestorIsScu: true, RequestorIsScp: false });
    }

    [Fact]
    public void Accept_RequestorMayNotBeScu_RejectsTheDefaultRole()
    {
        var onlyScp = Policy with
        {
            FindAbstractSyntax = _ => AbstractSyntaxPolicy.Accepting(ImplicitLittleEndian) with { RequestorMayBeScu = false, RequestorMayBeScp = true },
        };

        var negotiation = AcceptorNegotiator.Accept(Request([Context(1, CTImage, ImplicitLittleEndian)]), onlyScp);

        Assert.Equal(PresentationContextResult.UserRejection, negotiation.Contexts[0].Result);
    }

    [Fact]
    public void Accept_RoleForUnsupportedOrUnproposedClass_IsNotAnswered()
    {
        var negotiation = AcceptorNegotiator.Accept(
            Request(
                [Context(1, CTImage, ImplicitLittleEndian), Context(3, StudyRootFind, ImplicitLittleEndian)],
                new UserInformation
                {
                    RoleSelections = [new RoleSelection(StudyRootFind, true, true), new RoleSelection(MRImage, true, true)],
                }),
            Policy);

        Assert.Empty(negotiation.Response.UserInformation.RoleSelections);
    }

    [Fact]
    public void Accept_AsynchronousWindow_IsAnsweredHonestlyAndOnlyWhenAsked()
    {
        var asked = AcceptorNegotiator.Accept(
            Request(
                [Context(1, CTImage, ImplicitLittleEndian)],
                new UserInformation { AsynchronousOperationsWindow = new AsynchronousOperationsWindow(0, 16) }),
            Policy);
        var notAsked = AcceptorNegotiator.Accept(Request([Context(1, CTImage, ImplicitLittleEndian)]), Policy);

        Assert.Equal(new AsynchronousOperationsWindow(1, 1), asked.Response.UserInformation.AsynchronousOperationsWindow);
        Assert.Null(notAsked.Response.UserInformation.AsynchronousOperationsWindow);
    }

    [Fact]
    public void Accept_ExtendedNegotiation_IsAnsweredByThePolicyAlone()
    {
        var extending = Policy with
        {
            FindAbstractSyntax = uid => uid == MRImage
                ? Policy.FindAbstractSyntax(uid)! with { AnswerExtendedNegotiation = asked => asked.ApplicationInformation[..1] }
                : Policy.FindAbstractSyntax(uid),
        };
        var user = new UserInformation
        {
            ExtendedNegotiations =
            [
                new SopClassExtendedNegotiation(CTImage, new byte[] { 1, 2 }),
                new SopClassExtendedNegotiation(MRImage, new byte[] { 3, 4 }),
            ],
        };

        var negotiation = AcceptorNegotiator.Accept(
            Request([Context(1, CTImage, ImplicitLittleEndian), Context(3, MRImage, ImplicitLittleEndian)], user), extending);

        var answer = Assert.Single(negotiation.Response.UserInformation.ExtendedNegotiations);
        Assert.Equal(MRImage, answer.SopClassUid);
        Assert.Equal([3], answer.ApplicationInformation.ToArray());
    }

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(false, true, false)]
    [InlineData(true, false, false)]
    public void Accept_UserIdentity_IsAnsweredOnlyWhenAskedAndTaken(bool requested, bool taken, bool answered)
    {
        var user = new UserInformation { UserIdentity = UserIdentityRq.ForUser("reader", requested) };

        var negotiation = AcceptorNegotiator.Accept(
            Request([Context(1, CTImage, ImplicitLittleEndian)], user), Policy, taken ? new UserIdentityAc(default) : null);

        Assert.Equal(answered, negotiation.Response.UserInformation.UserIdentityResponse is not null);
    }

    [Theory]
    [InlineData(true, MRImage, true)]
    [InlineData(true, StudyRootFind, false)] // related to what is not supported either
    [InlineData(false, MRImage, false)]
    public void Accept_UnknownClassRelatedToAKnownOne_IsTakenLikeThatWhereAllowed(bool allowed, string general, bool accepted)
    {
        var user = new UserInformation
        {
            CommonExtendedNegotiations =
            [
                new SopClassCommonExtendedNegotiation("1.2.3.5", "1.2.840.10008.4.2", [CTImage]),
                new SopClassCommonExtendedNegotiation("1.2.3.4", "1.2.840.10008.4.2", ["1.2.3.9", general]),
            ],
        };

        var negotiation = AcceptorNegotiator.Accept(
            Request([Context(1, "1.2.3.4", ImplicitLittleEndian)], user), Policy with { AcceptsRelatedGeneralSopClasses = allowed });

        Assert.Equal(accepted, negotiation.Contexts[0].IsAccepted);
        Assert.Empty(negotiation.Response.UserInformation.CommonExtendedNegotiations);
    }

    [Fact]
    public void Accept_OurSide_IsAnnounced()
    {
        var negotiation = AcceptorNegotiator.Accept(
            Request([Context(1, CTImage, ImplicitLittleEndian)], new UserInformation { MaximumLength = 16384 }), Policy);

        Assert.Equal(262144u, negotiation.Response.UserInformation.MaximumLength);
        Assert.Equal("1.2.3", negotiation.Response.UserInformation.ImplementationClassUid);
        Assert.Equal("NOCTIS_0_1", negotiation.Response.UserInformation.ImplementationVersionName);
        Assert.Equal(16378, negotiation.Framing.MaxFragmentLength);
    }

    [Fact]
    public void Accept_AddressFields_AreSentBackByteForByte()
    {
        // Bytes 11-74, with what the standard does not expect in them: leading spaces, NUL padding, reserved bytes that are not zero.
        var fields = WireBytes.Parse("""
            '  CALLED        ' 'CALLING' 000000000000000000
            0102030405060708 090A0B0C0D0E0F10 1112131415161718 191A1B1C1D1E1F20
            """);
        var bytes = PduSamples.DcmtkEchoRq.ToArray();
        fields.CopyTo(bytes, 10);

        var negotiation = AcceptorNegotiator.Accept(PduReaderTests.Read<AAssociateRq>(bytes), Policy);

        var answer = PduReaderTests.Write(negotiation.Response);
        Assert.Equal(Convert.ToHexString(fields), Convert.ToHexString(answer.AsSpan(10, 64)));
        Assert.Equal(("CALLED", "CALLING"), (negotiation.Response.CalledAETitle, negotiation.Response.CallingAETitle));
    }

    [Fact]
    public void Accept_UidsThatAreNoText_AreRefusedWithAnAnswerThatCanBeWritten()
    {
        var items = "10 00 0015 '1.2.840.10008.3.1.1.1' 20 00 000F 01000000 30 00 0002 FF01 40 00 0001 0A";
        var bytes = PduReaderHostileTests.Pdu(1, """
            0001 0000 'CALLED          ' 'CALLING         '
            0000000000000000 0000000000000000 0000000000000000 0000000000000000
            """ + items);

        var negotiation = AcceptorNegotiator.Accept(PduReaderTests.Read<AAssociateRq>(bytes), Policy);

        var answer = PduReaderTests.Read<AAssociateAc>(PduReaderTests.Write(negotiation.Response));
        Assert.Equal(
            [new PresentationContextAc(1, PresentationContextResult.AbstractSyntaxNotSupported, ImplicitLittleEndian)],
            answer.PresentationContexts);
    }

    [Fact]
    public void Accept_TransferSyntaxThatIsNoText_IsNotAcceptedByThePolicyThatAcceptsAll()
    {
        var obliging = Policy with { FindAbstractSyntax = _ => new AbstractSyntaxPolicy { AcceptsTransferSyntax = _ => true } };

        var negotiation = AcceptorNegotiator.Accept(
            Request([Context(1, CTImage, "1.2.\uFFFD", "", ExplicitLittleEndian), Context(3, CTImage, "\uFFFD"), Context(5, "\uFFFD", ExplicitLittleEndian)]),
            obliging);

        var answer = PduReaderTests.Read<AAssociateAc>(PduReaderTests.Write(negotiation.Response));
        Assert.Equal(
            [
                new PresentationContextAc(1, PresentationContextResult.Acceptance, ExplicitLittleEndian),
                new PresentationContextAc(3, PresentationContextResult.TransferSyntaxesNotSupported, ImplicitLittleEndian),
                new PresentationContextAc(5, PresentationContextResult.AbstractSyntaxNotSupported, ExplicitLittleEndian),
            ],
            answer.PresentationContexts);
    }

    [Fact]
    public void Accept_ExtendedNegotiationOfOneClassOverAndOver_IsAnsweredOnceAndCanBeWritten()
    {
        var extending = Policy with
        {
            FindAbstractSyntax = uid => Policy.FindAbstractSyntax(uid)! with { AnswerExtendedNegotiation = asked => asked.ApplicationInformation },
        };
        var asked = Enumerable.Repeat(new SopClassExtendedNegotiation(MRImage, new byte[8]), 1700).ToArray();

        var negotiation = AcceptorNegotiator.Accept(
            Request([Context(1, MRImage, ImplicitLittleEndian)], new UserInformation { ExtendedNegotiations = asked }), extending);

        Assert.Single(PduReaderTests.Read<AAssociateAc>(PduReaderTests.Write(negotiation.Response)).UserInformation.ExtendedNegotiations);
    }

    private static string? Choose(AcceptorPolicy policy, params string[] proposed) =>
        AcceptorNegotiator.Accept(Request([Context(1, CTImage, proposed)]), policy).Contexts[0].TransferSyntax;

    private static AcceptorPolicy Preferring(Func<AbstractSyntaxPolicy, AbstractSyntaxPolicy> change) => Policy with
    {
        FindAbstractSyntax = uid => Policy.FindAbstractSyntax(uid) is { } policy ? change(policy) : null,
    };

    private static PresentationContextRq Context(byte id, string abstractSyntax, params string[] transferSyntaxes) =>
        new(id, abstractSyntax, transferSyntaxes);

    private static AAssociateRq Request(
        PresentationContextRq[] contexts,
        UserInformation? user = null,
        ushort version = 1,
        string applicationContext = AAssociateRq.DicomApplicationContextName) => new()
        {
            ProtocolVersion = version,
            ApplicationContextName = applicationContext,
            CalledAETitle = "NOCTIS",
            CallingAETitle = "PEER",
            PresentationContexts = contexts,
            UserInformation = user ?? new UserInformation(),
        };

    private static void AssertFault(AssociateRejection? fault, AssociateRejectSource source, AssociateRejectReason reason, byte code)
    {
        Assert.NotNull(fault);
        Assert.NotEmpty(fault.Explanation);
        Assert.Equal(reason, fault.Reason);
        Assert.Equal(source, fault.Source);

        var output = new ArrayBufferWriter<byte>();
        PduWriter.Write(output, fault.ToPdu());
        Assert.Equal([3, 0, 0, 0, 0, 4, 0, 1, (byte)source, code], output.WrittenSpan.ToArray());
    }
}
