using Noctis.Archive.Journal;
using Noctis.Gateway.Watching;

namespace Noctis.Portal.Journal;

/// <summary>What was turned away or broke off, as far as a fix has to know it, wherever it was read.</summary>
/// <param name="Code">The cause.</param>
/// <param name="Kind">An association, or an operation in one.</param>
/// <param name="CallingAETitle">What the caller calls itself; empty when it never came to say it.</param>
/// <param name="Address">Where it called from.</param>
public sealed record Refusal(JournalCode Code, JournalKind Kind, string CallingAETitle, string Address)
{
    /// <summary>What was asked for, as <see cref="AssociationDetails"/> in JSON: a text, so that equal refusals are equal.</summary>
    public string? Details { get; init; }

    public string? SOPClassUID { get; init; }

    public string? TransferSyntaxUID { get; init; }

    /// <summary>The caller as one says it.</summary>
    public string Caller => CallingAETitle.Length > 0 ? CallingAETitle : Address;

    /// <summary>Nobody is registered under the title that the caller has, as it writes it.</summary>
    public bool IsOfUnknownCaller => Code is JournalCode.CallingTitleUnknown or JournalCode.CallingTitleCaseDiffers or JournalCode.CallingTitleSpacingDiffers;

    public static Refusal Of(JournalEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return new Refusal(entry.Code, entry.Kind, entry.CallingAETitle, entry.RemoteAddress)
        {
            Details = entry.Details,
            SOPClassUID = entry.SOPClassUID,
            TransferSyntaxUID = entry.TransferSyntaxUID,
        };
    }

    public static Refusal Of(FrontDoorEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return new Refusal(entry.Code, JournalKind.Association, entry.CallingAETitle, entry.RemoteAddress) { Details = entry.Details };
    }

    public static Refusal Of(ConnectionAttempt attempt, ConnectionTrouble trouble)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        ArgumentNullException.ThrowIfNull(trouble);
        var kind = trouble.Step switch
        {
            ConnectionStep.Echo => JournalKind.Echo,
            ConnectionStep.Image => JournalKind.Store,
            _ => JournalKind.Association,
        };
        return new Refusal(trouble.Code, kind, attempt.CallingAETitle, attempt.RemoteAddress)
        {
            Details = trouble.Details,
            SOPClassUID = trouble.SOPClassUID,
            TransferSyntaxUID = trouble.TransferSyntaxUID,
        };
    }
}
