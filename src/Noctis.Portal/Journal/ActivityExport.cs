using CsvHelper;
using Noctis.Archive.Journal;

namespace Noctis.Portal.Journal;

/// <summary>Journal rows as a table for spreadsheets, written as they are read.</summary>
internal static class ActivityExport
{
    private const string MomentFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    private static readonly string[] Columns =
    [
        "Time (UTC)", "Kind", "Outcome", "Cause", "Calling AE title", "Address", "Called AE title", "Port", "Images", "Bytes", "Duration (ms)",
        "Status", "SOP class", "SOP class UID", "SOP instance UID", "Transfer syntax", "Reason", "Association", "Id",
    ];

    private static readonly CsvWriterOptions Format = new()
    {
        // It tells spreadsheets of UTF-8.
        WriteByteOrderMark = true,
        // Peers choose what they call themselves: what a spreadsheet would take for a formula is marked as a text. It passes over a line break before the sign.
        Injection = CsvInjection.Escape,
        InjectionCharacters = CsvWriterOptions.Default.InjectionCharacters + '\n',
    };

    /// <param name="body">Where to.</param>
    /// <param name="entries">The rows.</param>
    /// <param name="facilities">Names by id, for a table of more than one facility's rows; null for one without that column.</param>
    /// <param name="cancellationToken">Ends the export.</param>
    public static async Task WriteAsync(
        Stream body, IAsyncEnumerable<JournalEntry> entries, IReadOnlyDictionary<Guid, string>? facilities, CancellationToken cancellationToken)
    {
        await using var csv = CsvWriter.Create(body, Format, leaveOpen: true);
        await csv.WriteRecordAsync(facilities is null ? Columns : ["Facility", .. Columns], cancellationToken);
        await foreach (var entry in entries.WithCancellation(cancellationToken))
        {
            if (facilities is not null)
                csv.WriteField(facilities.GetValueOrDefault(entry.FacilityId) ?? entry.FacilityId.ToString());
            Write(csv, entry);
            await csv.EndRecordAsync(cancellationToken);
        }
    }

    private static void Write(CsvWriter csv, JournalEntry entry)
    {
        csv.WriteField(entry.TimeUtc, MomentFormat);
        csv.WriteField(JournalWords.NameOf(entry.Kind));
        csv.WriteField(entry.Outcome.ToString());
        csv.WriteField(entry.Code == JournalCode.None ? null : entry.Code.ToString());
        csv.WriteField(entry.CallingAETitle);
        csv.WriteField(entry.RemoteAddress);
        csv.WriteField(entry.CalledAETitle);
        csv.WriteField(entry.LocalPort);
        csv.WriteField(entry.Images);
        csv.WriteField(entry.Bytes);
        csv.WriteField(entry.DurationMs);
        csv.WriteField(entry.Status is { } status ? JournalWords.StatusOf(status) : null);
        csv.WriteField(entry.SOPClassUID is { } sopClass ? JournalWords.NameOf(sopClass) : null);
        csv.WriteField(entry.SOPClassUID);
        csv.WriteField(entry.SOPInstanceUID);
        csv.WriteField(entry.TransferSyntaxUID is { } syntax ? JournalWords.NameOf(syntax) : null);
        csv.WriteField(entry.Reason);
        csv.WriteField(entry.AssociationId == 0 ? (long?)null : entry.AssociationId);
        csv.WriteField(entry.Id);
    }
}
