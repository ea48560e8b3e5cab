using System.Globalization;
using System.Text;
using Noctis.Archive.Journal;
using Noctis.Dicom.Data;
using Noctis.Portal.Components;

namespace Noctis.Portal.Journal;

/// <summary>Rows of the journal in the words of its pages.</summary>
internal static class JournalWords
{
    public static readonly IReadOnlyList<(JournalKind Kind, string Name)> Kinds =
        [.. Enum.GetValues<JournalKind>().Select(kind => (kind, NameOf(kind)))];

    /// <summary>Operations by the request that DICOM has for them.</summary>
    public static string NameOf(JournalKind kind) => kind switch
    {
        JournalKind.Association => "Association",
        JournalKind.Echo => "C-ECHO",
        JournalKind.Store => "C-STORE",
        JournalKind.Find => "C-FIND",
        JournalKind.Move => "C-MOVE",
        JournalKind.Get => "C-GET",
        JournalKind.Commitment => "Storage commitment",
        _ => kind.ToString(),
    };

    public static StatusKind LookOf(JournalOutcome outcome) => outcome switch
    {
        JournalOutcome.Completed => StatusKind.Ok,
        JournalOutcome.Aborted => StatusKind.Warn,
        _ => StatusKind.Bad,
    };

    public static string MeaningOf(JournalOutcome outcome) => outcome switch
    {
        JournalOutcome.Completed => "It ended as it should",
        JournalOutcome.Refused => "Turned away by Noctis, with a reason",
        JournalOutcome.Aborted => "Broken off by either side, by the network or by a timer",
        _ => "Noctis could not do what it should have done",
    };

    /// <summary>The caller as one says it: by its title, or by its address where it came to say none.</summary>
    public static string Caller(JournalEntry entry) => entry.CallingAETitle.Length > 0 ? entry.CallingAETitle : entry.RemoteAddress;

    /// <summary>"3 images", "CT Image Storage", or the reason.</summary>
    public static string Summary(JournalEntry entry) => entry switch
    {
        { Reason: { Length: > 0 } reason } => reason,
        { Kind: JournalKind.Association, Images: > 0 } => SizeText.Count(entry.Images, "image") + " stored",
        { SOPClassUID: { } uid } => NameOf(uid),
        _ => "",
    };

    /// <summary>The name of a UID in the dictionary, or the UID.</summary>
    public static string NameOf(string uid) => DicomUID.Find(uid)?.Name ?? uid;

    /// <summary>A cause in a few words: "Calling title unknown".</summary>
    public static string NameOf(JournalCode code)
    {
        var words = new StringBuilder();
        foreach (var letter in code.ToString())
        {
            if (char.IsAsciiLetterUpper(letter) && words.Length > 0)
                words.Append(' ').Append(char.ToLowerInvariant(letter));
            else
                words.Append(letter);
        }

        return words.Replace("Tls ", "TLS ").ToString();
    }

    /// <summary>As the standard prints it: 0xA700.</summary>
    public static string StatusOf(int status) => "0x" + status.ToString("X4", CultureInfo.InvariantCulture);

    public static string DurationOf(JournalEntry entry) => TimeText.Duration(TimeSpan.FromMilliseconds(entry.DurationMs));

    /// <summary>Bytes by the second; null where either is too small to say.</summary>
    public static string? SpeedOf(JournalEntry entry) =>
        entry is { Bytes: > 0, DurationMs: > 0 } ? SizeText.PerSecond(entry.Bytes * 1000.0 / entry.DurationMs) : null;

    /// <summary>What became of a presentation context (PS3.8 Table 9-18).</summary>
    public static (StatusKind Look, string Text) ResultOf(NegotiatedContext context) => context.Result switch
    {
        0 => (StatusKind.Ok, "Accepted"),
        1 => (StatusKind.Bad, "Rejected by the user"),
        2 => (StatusKind.Bad, "Rejected without a reason"),
        3 => (StatusKind.Bad, "SOP class not taken"),
        4 => (StatusKind.Bad, "No transfer syntax taken"),
        _ => (StatusKind.Idle, "Not answered"),
    };
}
