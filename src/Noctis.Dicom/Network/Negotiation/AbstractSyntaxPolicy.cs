using Noctis.Dicom.Data;
using Noctis.Dicom.Network.Pdus;

namespace Noctis.Dicom.Network.Negotiation;

/// <summary>How an acceptor answers presentation contexts of one abstract syntax. Immutable; its delegates must be thread safe.</summary>
public sealed record AbstractSyntaxPolicy
{
    /// <summary>Whether a transfer syntax (UID) can be taken.</summary>
    public required Func<string, bool> AcceptsTransferSyntax { get; init; }

    /// <summary>
    /// UIDs of transfer syntaxes in the order wanted; null, the default, to go by <see cref="Preference"/>. Transfer syntaxes that are
    /// accepted but not in the list come after those that are.
    /// </summary>
    public IReadOnlyList<string>? PreferredTransferSyntaxes { get; init; }

    /// <summary>Which of several to take, where <see cref="PreferredTransferSyntaxes"/> does not say. Default: compressed ones first.</summary>
    public TransferSyntaxPreference Preference { get; init; }

    /// <summary>The requestor may be SCU. Default: true.</summary>
    public bool RequestorMayBeScu { get; init; } = true;

    /// <summary>The requestor may be SCP, when it proposes so by role selection. Default: false.</summary>
    public bool RequestorMayBeScp { get; init; }

    /// <summary>Answers SOP class extended negotiation (PS3.7 D.3.3.5); null, the default, leaves it unanswered: nothing extended is supported.</summary>
    public Func<SopClassExtendedNegotiation, ReadOnlyMemory<byte>?>? AnswerExtendedNegotiation { get; init; }

    /// <summary>A policy that takes transfer syntaxes which are in a set.</summary>
    /// <param name="transferSyntaxes">UIDs of the transfer syntaxes that are taken.</param>
    public static AbstractSyntaxPolicy Accepting(params IEnumerable<string> transferSyntaxes)
    {
        var accepted = transferSyntaxes.ToHashSet(StringComparer.Ordinal);
        return new AbstractSyntaxPolicy { AcceptsTransferSyntax = accepted.Contains };
    }

    /// <summary>What this policy allows or another does; where both have something to say on what cannot be joined, this one counts.</summary>
    /// <param name="other">The other policy, for the same abstract syntax.</param>
    internal AbstractSyntaxPolicy Or(AbstractSyntaxPolicy other) => this with
    {
        AcceptsTransferSyntax = AcceptsTransferSyntax == other.AcceptsTransferSyntax
            ? AcceptsTransferSyntax
            : uid => AcceptsTransferSyntax(uid) || other.AcceptsTransferSyntax(uid),
        PreferredTransferSyntaxes = PreferredTransferSyntaxes ?? other.PreferredTransferSyntaxes,
        RequestorMayBeScu = RequestorMayBeScu || other.RequestorMayBeScu,
        RequestorMayBeScp = RequestorMayBeScp || other.RequestorMayBeScp,
        AnswerExtendedNegotiation = AnswerExtendedNegotiation ?? other.AnswerExtendedNegotiation,
    };

    /// <summary>The transfer syntax to accept among those proposed; null when none can be taken.</summary>
    /// <param name="proposed">UIDs, in the requestor's order.</param>
    /// <param name="requestorSends">Objects come from the requestor.</param>
    internal string? Choose(IReadOnlyList<string> proposed, bool requestorSends = true)
    {
        string[] accepted = [.. proposed.Where(AcceptsTransferSyntax)];
        if (PreferredTransferSyntaxes?.FirstOrDefault(wanted => accepted.Contains(wanted, StringComparer.Ordinal)) is { } preferred)
            return preferred;
        if (Preference == TransferSyntaxPreference.CompressedFirst && requestorSends
            && Array.Find(accepted, static uid => DicomTransferSyntax.Lookup(uid) is { IsEncapsulated: true }) is { } compressed)
        {
            return compressed;
        }

        return accepted.FirstOrDefault();
    }
}
