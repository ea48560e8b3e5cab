using System.Text;
using Noctis.Archive.Journal;
using Noctis.Portal.Journal;

namespace Noctis.Portal.Tests.Journal;

public sealed class ActivityExportTests
{
    [Theory]
    [InlineData("CT-1", "CT-1")]
    [InlineData("=1+1", "\"'=1+1\"")]
    [InlineData("+49", "\"'+49\"")]
    [InlineData("-CT", "\"'-CT\"")]
    [InlineData("@SUM(A1)", "\"'@SUM(A1)\"")]
    [InlineData("\t=1", "\"'\t=1\"")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData("a \"b\", c", "\"a \"\"b\"\", c\"")]
    [InlineData("=HYPERLINK(\"x\",\"y\")", "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"")]
    [InlineData("", "")]
    [InlineData("\n=1", "\"'\n=1\"")]
    public async Task Write_WhateverAPeerCallsItself_IsATextInASpreadsheet(string title, string expected)
    {
        var entry = new JournalEntry { Id = 7, RemoteAddress = "192.0.2.7", CallingAETitle = title, CalledAETitle = "CENTRAL" };

        var table = await WriteTableAsync([entry], null);

        Assert.Contains($",Completed,,{expected},192.0.2.7,CENTRAL,", table, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_NoRow_IsTheNamesOfTheColumns() =>
        Assert.Matches("^Time \\(UTC\\),Kind,.*,Reason,Association,Id\r\n$", await WriteTableAsync([], null));

    [Fact]
    public async Task Write_Rows_AreLinesUnderTheirColumns()
    {
        var facility = Guid.NewGuid();
        var entry = new JournalEntry
        {
            Id = 7,
            FacilityId = facility,
            AssociationId = 5,
            TimeUtc = new DateTime(2026, 11, 30, 20, 1, 2, 345, DateTimeKind.Utc),
            Kind = JournalKind.Store,
            Outcome = JournalOutcome.Refused,
            Code = JournalCode.ObjectInvalid,
            RemoteAddress = "192.0.2.7",
            CallingAETitle = "=CT",
            CalledAETitle = "CENTRAL",
            LocalPort = 11113,
            Bytes = 524_288,
            DurationMs = 12,
            Status = 0xC000,
            SOPClassUID = "1.2.840.10008.5.1.4.1.1.2",
            Reason = "Broken, twice.",
        };

        var lines = await WriteAsync([entry], new Dictionary<Guid, string> { [facility] = "Müller & Co" });

        Assert.StartsWith("Facility,Time (UTC),Kind,Outcome", lines[0], StringComparison.Ordinal);
        Assert.Equal(
            "Müller & Co,2026-11-30T20:01:02.345Z,C-STORE,Refused,ObjectInvalid,\"'=CT\",192.0.2.7,CENTRAL,11113,0,524288,12,0xC000,CT Image Storage,1.2.840.10008.5.1.4.1.1.2,,,\"Broken, twice.\",5,7",
            lines[1]);
        Assert.Equal(lines[0].Split(',').Length + 1, lines[1].Split(',').Length);
    }

    [Fact]
    public async Task Write_ManyRows_PassesThemOnAsTheyAreRead()
    {
        using var body = new MemoryStream();
        var written = 0L;

        await ActivityExport.WriteAsync(body, RowsAsync(), null, CancellationToken.None);

        Assert.InRange(written, 1, body.Length - 1);
        Assert.Equal(5_001, Encoding.UTF8.GetString(body.ToArray()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);

        async IAsyncEnumerable<JournalEntry> RowsAsync()
        {
            for (var row = 0; row < 5_000; row++)
                yield return new JournalEntry { Id = row, RemoteAddress = "192.0.2.7", CallingAETitle = "CT", CalledAETitle = "C" };
            // All but the last of it has left by now.
            written = body.Length;
            await Task.CompletedTask;
        }
    }

    private static async Task<string[]> WriteAsync(JournalEntry[] entries, Dictionary<Guid, string>? facilities) =>
        (await WriteTableAsync(entries, facilities)).Split("\r\n");

    private static async Task<string> WriteTableAsync(JournalEntry[] entries, Dictionary<Guid, string>? facilities)
    {
        using var body = new MemoryStream();
        await ActivityExport.WriteAsync(body, entries.ToAsyncEnumerable(), facilities, CancellationToken.None);
        var bytes = body.ToArray();
        Assert.Equal(Encoding.UTF8.Preamble.ToArray(), bytes[..3]);
        return Encoding.UTF8.GetString(bytes[3..]);
    }
}
