using System.Text;
using Noctis.Archive.Journal;

namespace Noctis.Portal.Journal;

/// <summary>Journal rows as a table for spreadsheets, written as they are read.</summary>
internal static class ActivityExport
{
    /// <summary>Rows between two looks whether the reader still keeps up.</summary>
    private const int Flush = 500;

    private static readonly string[] Columns =
    [
        "Time (UTC)", "Kind", "Outcome", "Cause", "Calling AE title", "Address", "Called AE title", "Port", "Images", "Bytes", "Duration (ms)",
        "Status", "SOP class", "SOP class UID", "SOP instance UID", "Transfer syntax", "Reason", "Association", "Id",
    ];

    /// <param name="body">Where to.</param>
    /// <param name="entries">The rows.</param>
    /// <param name="facilities">Names by id, for a table of more than one facility's rows; null for one without that column.</param>
    /// <param name="cancellationToken">Ends the export.</param>
    public static async Task WriteAsync(
        Stream body, IAsyncEnumerable<JournalEntry> entries, IReadOnlyDictionary<Guid, string>? facilities, CancellationToken cancellationToken)
    {
        // With the mark that tells spreadsheets of UTF-8.
        await using var text = new StreamWriter(body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), 32 * 1024, leaveOpen: true);
        using var buffer = new StringWriter();
        var csv = new CsvWriter(buffer);
        if (facilities is not null)
            csv.Text("Facility");
        foreach (var column in Columns)
            csv.Text(column);
        csv.EndRow();

        var rows = 0;
        await foreach (var entry in entries.WithCancellation(cancellationToken))
        {
            if (facilities is not null)
                csv.Text(facilities.GetValueOrDefault(entry.FacilityId) ?? entry.FacilityId.ToString());
            Write(csv, entry);
            if (++rows % Flush == 0)
                await PassOnAsync();
        }

        await PassOnAsync();
        await text.FlushAsync(cancellationToken);

        async Task PassOnAsync()
        {
            await text.WriteAsync(buffer.GetStringBuilder(), cancellationToken);
            buffer.GetStringBuilder().Clear();
        }
    }

    private static void Write(CsvWriter csv, JournalEntry entry)
    {
        csv.Moment(entry.TimeUtc);
        csv.Text(JournalWords.NameOf(entry.Kind));
        csv.Text(entry.Outcome.ToString());
        csv.Text(entry.Code == JournalCode.None ? null : entry.Code.ToString());
        csv.Text(entry.CallingAETitle);
        csv.Text(entry.RemoteAddress);
        csv.Text(entry.CalledAETitle);
        csv.Number(entry.LocalPort);
        csv.Number(entry.Images);
        csv.Number(entry.Bytes);
        csv.Number(entry.DurationMs);
        csv.Text(entry.Status is { } status ? JournalWords.StatusOf(status) : null);
        csv.Text(entry.SOPClassUID is { } sopClass ? JournalWords.NameOf(sopClass) : null);
        csv.Text(entry.SOPClassUID);
        csv.Text(entry.SOPInstanceUID);
        csv.Text(entry.TransferSyntaxUID is { } syntax ? JournalWords.NameOf(syntax) : null);
        csv.Text(entry.Reason);
        csv.Number(entry.AssociationId == 0 ? null : entry.AssociationId);
        csv.Number(entry.Id);
        csv.EndRow();
    }
}
