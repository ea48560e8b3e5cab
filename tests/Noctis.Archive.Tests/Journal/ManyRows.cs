using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Database;
using Noctis.Archive.Journal;
using Noctis.Testing.Databases;

namespace Noctis.Archive.Tests.Journal;

/// <summary>A journal of more than 100,000 rows of two facilities, as busy ones have: mostly stored images, few associations, fewer refusals.</summary>
internal static class ManyRows
{
    public const int Block = 1_600;
    public const int Doublings = 6;
    public const int Total = Block << Doublings;

    /// <summary>When the first of them was written.</summary>
    public static readonly DateTime Began = new(2026, 10, 1, 6, 0, 0, DateTimeKind.Utc);

    public static async Task FillAsync(TestDatabase database, FacilityScope own, FacilityScope other)
    {
        var first = IdGenerator.FirstAt(Began);
        await using var context = database.AcrossFacilities();
        context.AddRange(Enumerable.Range(0, Block).Select(number => Entry(first + number, number % 2 == 0 ? own : other, number)));
        await context.SaveChangesAsync();

        // The rest are copies with other ids, made by the database itself.
        var columns = context.Model.FindEntityType(typeof(JournalEntry))!.GetProperties().Select(property => property.GetColumnName())
            .Where(column => column != nameof(JournalEntry.Id)).Select(column => $"\"{column}\"").ToList();
        var names = string.Join(", ", columns);
        for (var doubling = 0; doubling < Doublings; doubling++)
        {
            var step = (Block << doubling).ToString(System.Globalization.CultureInfo.InvariantCulture);
            // Names and a number of our own.
#pragma warning disable EF1002
            await context.Database.ExecuteSqlRawAsync($"INSERT INTO \"JournalEntries\" (\"Id\", {names}) SELECT \"Id\" + {step}, {names} FROM \"JournalEntries\"");
#pragma warning restore EF1002
        }

        if (database.Kind == DatabaseProviderKind.PostgreSql)
            await context.Database.ExecuteSqlRawAsync("ANALYZE \"JournalEntries\"");
        else if (database.Kind == DatabaseProviderKind.Sqlite)
            await context.Database.ExecuteSqlRawAsync("ANALYZE");
    }

    private static JournalEntry Entry(long id, FacilityScope scope, int number)
    {
        // Numbers go by twos within a facility.
        var kind = number % 100 is 10 or 11 ? JournalKind.Association : JournalKind.Store;
        var outcome = (number % 400) switch
        {
            10 or 11 => JournalOutcome.Refused,
            110 or 111 => JournalOutcome.Aborted,
            20 or 21 => JournalOutcome.Failed,
            _ => JournalOutcome.Completed,
        };
        return new JournalEntry
        {
            Id = id,
            FacilityId = scope.FacilityId,
            TimeUtc = Began,
            Kind = kind,
            Outcome = outcome,
            Code = outcome == JournalOutcome.Refused ? JournalCode.CallingTitleUnknown : JournalCode.None,
            RemoteAddress = $"192.0.2.{number % 50}",
            CallingAETitle = $"CT-{number % 10}",
            CalledAETitle = "CENTRAL",
            Bytes = number,
            Details = kind == JournalKind.Association ? new AssociationDetails { MaxPduLength = 16_384 }.ToJson() : null,
        };
    }
}
