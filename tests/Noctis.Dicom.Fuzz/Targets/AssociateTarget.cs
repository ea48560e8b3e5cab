using System.Buffers;
using System.Buffers.Binary;
using Noctis.Dicom.Data;
using Noctis.Dicom.Fuzz.Engine;
using Noctis.Dicom.Fuzz.Seeds;
using Noctis.Dicom.Network.Negotiation;
using Noctis.Dicom.Network.Pdus;

namespace Noctis.Dicom.Fuzz.Targets;

/// <summary>
/// Requests and acceptances of associations, read and negotiated. Whatever a peer asks for, the answer can be written, and the requestor
/// that reads it understands the same as the acceptor that gave it.
/// </summary>
public sealed class AssociateTarget : FuzzTarget
{
    private static readonly AbstractSyntaxPolicy Obliging = new()
    {
        AcceptsTransferSyntax = _ => true,
        RequestorMayBeScp = true,
        AnswerExtendedNegotiation = item => item.ApplicationInformation,
    };

    // It accepts whatever it is asked for, so that everything in a request that could get into the answer does.
    private static readonly AcceptorPolicy Policy = new()
    {
        FindAbstractSyntax = uid => uid.Length % 5 == 4 ? null : Obliging,
        MaximumLength = 16384,
        ImplementationClassUid = "1.2.3",
        ImplementationVersionName = "FUZZ",
    };

    private static readonly AAssociateRq Asked = new()
    {
        CalledAETitle = "NOCTIS",
        CallingAETitle = "MODALITY",
        PresentationContexts =
        [
            new PresentationContextRq(1, DicomUID.Verification.Value, [DicomUID.ImplicitVRLittleEndian.Value]),
            new PresentationContextRq(3, "1.2.3.4", [DicomUID.ImplicitVRLittleEndian.Value, DicomUID.ExplicitVRLittleEndian.Value]),
        ],
        UserInformation = new UserInformation { RoleSelections = [new RoleSelection("1.2.3.4", true, true)] },
    };

    public override string Name => "associate";

    public override int MaxLength => 2048;

    public override IReadOnlyList<byte[]> Tokens => PduTokens.All;

    public override IEnumerable<byte[]> Seeds
    {
        get
        {
            var random = new FuzzRandom(2);
            for (var i = 0; i < 40; i++)
                yield return Generate(random);
        }
    }

    public override byte[] Generate(FuzzRandom random) =>
        PduGenerator.Write(random.OneIn(3) ? PduGenerator.Acceptance(random) : PduGenerator.Request(random));

    public override void Repair(Span<byte> input)
    {
        if (input.Length <= PduHeader.Length)
            return;
        input[0] = (byte)((input[0] & 1) + 1);
        BinaryPrimitives.WriteUInt32BigEndian(input[2..], (uint)(input.Length - PduHeader.Length));
    }

    public override void Run(ReadOnlyMemory<byte> input, FuzzRandom random, FeatureMap features)
    {
        try
        {
            var buffer = Segments.Of(input, random);
            if (!PduReader.TryRead(ref buffer, PduLimits.Default, out var pdu))
                return;
            PduTokens.CheckRoundTrip(pdu);
            if (pdu is AAssociateRq request)
                Accept(request, features);
            else if (pdu is AAssociateAc response)
                Describe(RequestorNegotiator.Read(Asked, response), features);
        }
        catch (PduException exception)
        {
            features.NoteRefusal(exception);
        }
    }

    private static void Accept(AAssociateRq request, FeatureMap features)
    {
        if (AcceptorNegotiator.FindProtocolFault(request) is { } fault)
        {
            features.Note(2, (long)fault.Reason);
            return;
        }

        var negotiation = AcceptorNegotiator.Accept(request, Policy);
        var written = new ReadOnlySequence<byte>(PduGenerator.Write(negotiation.Response));
        FuzzException.Unless(PduReader.TryRead(ref written, PduLimits.Default, out var pdu) && pdu is AAssociateAc, "The answer is no A-ASSOCIATE-AC.");
        DescribeUser(request.UserInformation, features);
        Describe(new RequestorNegotiation(negotiation.Contexts, negotiation.Framing), features);

        // A requestor names a SOP class once in its role selections; one that did not understands what it deserves.
        var roles = request.UserInformation.RoleSelections;
        if (roles.DistinctBy(role => role.SopClassUid).Count() < roles.Count)
            return;
        var understood = RequestorNegotiator.Read(request, (AAssociateAc)pdu!);
        FuzzException.Unless(
            understood.Contexts.Select(Text).SequenceEqual(negotiation.Contexts.Select(Text)), "Requestor and acceptor understand different contexts.");
    }

    private static string Text(PresentationContext context) => context.IsAccepted
        ? $"{context.Id} {context.AbstractSyntax} {context.TransferSyntax} {context.RequestorIsScu} {context.RequestorIsScp}"
        : $"{context.Id} {context.Result}";

    private static void Describe(RequestorNegotiation negotiation, FeatureMap features)
    {
        features.NoteMagnitude(3, negotiation.Contexts.Count);
        features.NoteMagnitude(4, negotiation.Framing.MaxFragmentLength);
        foreach (var context in negotiation.Contexts)
            features.Note(5, ((long)context.Result << 8) | (context.RequestorIsScp ? 2L : 0) | (context.RequestorIsScu ? 1L : 0));
    }

    private static void DescribeUser(UserInformation user, FeatureMap features)
    {
        features.NoteMagnitude(6, user.RoleSelections.Count);
        features.NoteMagnitude(7, user.ExtendedNegotiations.Count);
        features.NoteMagnitude(8, user.CommonExtendedNegotiations.Count);
        features.NoteMagnitude(9, user.UnknownItems.Count);
        features.Note(10, (long)(user.UserIdentity?.IdentityType ?? 0));
    }
}
