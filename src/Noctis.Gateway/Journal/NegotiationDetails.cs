using System.Security.Authentication;
using Noctis.Archive.Journal;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Negotiation;
using Noctis.Dicom.Network.Pdus;

namespace Noctis.Gateway.Journal;

/// <summary>What a row keeps of a negotiation. Peers choose how much they propose, so it is cut where a row would get long.</summary>
internal static class NegotiationDetails
{
    /// <summary>Characters of UIDs: the 128 contexts that dcmtk's storescu proposes fit, with four transfer syntaxes each.</summary>
    internal const int Budget = 16_000;

    private const int MostSyntaxes = 40;
    private const int CertificateLength = 400;

    /// <summary>Of an association that was accepted, even if nothing in it was.</summary>
    public static AssociationDetails Of(Association association) =>
        Of(association.Request, association.Peer, association.PresentationContexts.Select(Of));

    /// <summary>Of one that was refused as a whole.</summary>
    public static AssociationDetails Of(AAssociateRq request, AssociationPeer peer) =>
        Of(request, peer, request.PresentationContexts.Select(Of));

    private static AssociationDetails Of(AAssociateRq request, AssociationPeer peer, IEnumerable<NegotiatedContext> contexts)
    {
        var (listed, more) = Cut(contexts);
        return new AssociationDetails
        {
            Contexts = listed,
            MoreContexts = more,
            ImplementationClassUID = Uid(request.UserInformation.ImplementationClassUid),
            ImplementationVersionName = JournalText.Fit(request.UserInformation.ImplementationVersionName, 16),
            MaxPduLength = (int)Math.Min(request.UserInformation.MaximumLength, int.MaxValue),
            TlsVersion = peer.Tls is { } tls ? NameOf(tls.Protocol) : null,
            TlsCipher = peer.Tls?.CipherSuite.ToString(),
            PeerCertificate = JournalText.Fit(peer.Tls?.PeerCertificate?.Subject, CertificateLength),
        };
    }

    private static (IReadOnlyList<NegotiatedContext> Listed, int More) Cut(IEnumerable<NegotiatedContext> contexts)
    {
        var listed = new List<NegotiatedContext>();
        var (length, more) = (0, 0);
        foreach (var context in contexts)
        {
            length += context.AbstractSyntax.Length + context.Proposed.Sum(uid => uid.Length) + (context.Accepted?.Length ?? 0);
            if (length <= Budget)
                listed.Add(context);
            else
                more++;
        }

        return (listed, more);
    }

    private static NegotiatedContext Of(PresentationContext context) => new()
    {
        Id = context.Id,
        AbstractSyntax = Uid(context.AbstractSyntax)!,
        Proposed = Uids(context.ProposedTransferSyntaxes),
        Accepted = Uid(context.TransferSyntax),
        Result = (int)context.Result,
    };

    private static NegotiatedContext Of(PresentationContextRq context) => new()
    {
        Id = context.Id,
        AbstractSyntax = Uid(context.AbstractSyntax)!,
        Proposed = Uids(context.TransferSyntaxes),
    };

    private static IReadOnlyList<string> Uids(IReadOnlyList<string> uids) => [.. uids.Take(MostSyntaxes).Select(uid => Uid(uid)!)];

    private static string? Uid(string? uid) => JournalText.Fit(uid, JournalEntry.UidLength);

    private static string NameOf(SslProtocols protocol) => protocol switch
    {
        SslProtocols.Tls12 => "TLS 1.2",
        SslProtocols.Tls13 => "TLS 1.3",
        _ => protocol.ToString(),
    };
}
