using Noctis.Dicom.Network.Pdus;

namespace Noctis.Dicom.Network.Negotiation;

/// <summary>How an acceptor answers presentation contexts of one abstract syntax. Immutable; its delegates must be thread safe.</summary>
public sealed record AbstractSyntaxPolicy
{
    /// <summary>Whether a transfer syntax (UID) can be taken.</summary>
    public required Func<string, bool> AcceptsTransferSyntax { get; init; }

    /// <summary>
    /// UIDs of transfer syntaxes in the order wanted; null, the default, to take the first that is proposed and accepted. The proposed
    /// order is the sender's own: with it a sender is never made to decompress, or to compress, when it need not.
    /// Transfer syntaxes that are accepted but not in the list come after those that are, in the proposed order.
    /// </summary>
    public IReadOnlyList<string>? PreferredTransferSyntaxes { get; init; }

    /// <summary>The requestor may be SCU. Default: true.</summary>
    public bool RequestorMayBeScu { get; init; } = true;

    /// <summary>The requestor may be SCP, when it proposes so by role selection. Default: false.</summary>
    public bool RequestorMayBeScp { get; init; }

    /// <summary>Answers SOP class extended negotiation (PS3.7 D.3.3.5); null, the default, leaves it unanswered: nothing extended is supported.</summary>
    public Func<SopClassExtendedNegotiation, ReadOnlyMemory<byte>?>? AnswerExtendedNegotiation { get; init; }

    /// <summary>A policy that takes the first proposed transfer syntax which is in a set.</summary>
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
    internal string? Choose(IReadOnlyList<string> proposed)
    {
        if (PreferredTransferSyntaxes is { } preferred)
        {
            foreach (var wanted in preferred)
            {
                if (proposed.Contains(wanted, StringComparer.Ordinal) && AcceptsTransferSyntax(wanted))
                    return wanted;
            }
        }

        foreach (var candidate in proposed)
        {
            if (AcceptsTransferSyntax(candidate))
                return candidate;
        }

        return null;
    }
}
