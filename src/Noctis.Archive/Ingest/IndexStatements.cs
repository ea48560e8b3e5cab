using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Noctis.Archive.Storage;
using Noctis.Archive.Studies;

namespace Noctis.Archive.Ingest;

/// <summary>
/// The statements of the index writer, put together from the model: a new column needs no change here. They are written by
/// hand and not by change tracking, because thousands of rows a second have to fit beside the network on the same processor.
/// Each one names the facility.
/// </summary>
internal sealed class IndexStatements
{
    private readonly ISqlGenerationHelper _sql;
    private readonly IModel _model;

    public IndexStatements(DbContext context)
    {
        _sql = context.GetService<ISqlGenerationHelper>();
        _model = context.Model;
        InsertPatient = Insert<Patient>();
        UpdatePatient = Update<Patient>([nameof(Patient.CreatedUtc)], []);
        InsertStudy = Insert<Study>();
        UpdateStudy = Update<Study>(
            [nameof(Study.FirstReceivedUtc), nameof(Study.IsPinned)], [nameof(Study.NumberOfSeries), nameof(Study.NumberOfInstances), nameof(Study.Bytes)]);
        AddToStudy = Update<Study>(null, [nameof(Study.NumberOfSeries), nameof(Study.NumberOfInstances), nameof(Study.Bytes)],
            nameof(Study.LastReceivedUtc), nameof(Study.SourceAETitle), nameof(Study.CompletedUtc));
        InsertSeries = Insert<Series>();
        UpdateSeries = Update<Series>([nameof(Series.FirstReceivedUtc), nameof(Series.StudyId)], [nameof(Series.NumberOfInstances), nameof(Series.Bytes)]);
        AddToSeries = Update<Series>(null, [nameof(Series.NumberOfInstances), nameof(Series.Bytes)],
            nameof(Series.LastReceivedUtc), nameof(Series.SourceAETitle));
        InsertInstance = Insert<Instance>();
        UpdateInstance = Update<Instance>([nameof(Instance.SeriesId)], []);
        CountArrival = Update<Instance>(null, [nameof(Instance.TimesReceived)]);
        InsertVersion = Insert<InstanceVersion>();
        InsertRemoval = Insert<FileRemoval>();
        DeleteFault = Delete<InstanceFault>();
        InsertHeld = Insert<HeldContent>();
        DeleteHeld = Delete<HeldContent>();
        FindInstance = Select<Instance>(StoredCopy.Columns,
            nameof(Instance.FacilityId), nameof(Instance.SeriesId), nameof(Instance.SOPInstanceUID));
        InsertUsage = Insert<FacilityUsage>();
        AddToUsage = Update<FacilityUsage>(null, [nameof(FacilityUsage.Studies), nameof(FacilityUsage.Series), nameof(FacilityUsage.Instances), nameof(FacilityUsage.Bytes), nameof(FacilityUsage.VersionBytes)],
            nameof(FacilityUsage.LastReceivedUtc), nameof(FacilityUsage.LastSourceAETitle));
        LockUsage = Touch<FacilityUsage>(nameof(FacilityUsage.Instances));
        InsertHour = Insert<ArrivalHour>();
        AddToHour = Update<ArrivalHour>(null, [nameof(ArrivalHour.Studies), nameof(ArrivalHour.Images), nameof(ArrivalHour.Bytes)]);
    }

    public WriteStatement<Patient> InsertPatient { get; }

    public WriteStatement<Patient> UpdatePatient { get; }

    public WriteStatement<Study> InsertStudy { get; }

    /// <summary>All of a study, with what its counts grow by.</summary>
    public WriteStatement<Study> UpdateStudy { get; }

    /// <summary>What every image changes.</summary>
    public WriteStatement<Study> AddToStudy { get; }

    public WriteStatement<Series> InsertSeries { get; }

    public WriteStatement<Series> UpdateSeries { get; }

    public WriteStatement<Series> AddToSeries { get; }

    public WriteStatement<Instance> InsertInstance { get; }

    public WriteStatement<Instance> UpdateInstance { get; }

    /// <summary>One more arrival of an object whose stored copy stays.</summary>
    public WriteStatement<Instance> CountArrival { get; }

    public WriteStatement<InstanceVersion> InsertVersion { get; }

    public WriteStatement<FileRemoval> InsertRemoval { get; }

    public WriteStatement<InstanceFault> DeleteFault { get; }

    public WriteStatement<HeldContent> InsertHeld { get; }

    public WriteStatement<HeldContent> DeleteHeld { get; }

    /// <summary>Facility, series, SOP Instance UID → <see cref="StoredCopy"/>.</summary>
    public IndexStatement FindInstance { get; }

    public WriteStatement<FacilityUsage> InsertUsage { get; }

    public WriteStatement<FacilityUsage> AddToUsage { get; }

    /// <summary>Takes the facility's row for the transaction: writers of one facility, on whatever node, come one after another.</summary>
    public WriteStatement<FacilityUsage> LockUsage { get; }

    public WriteStatement<ArrivalHour> InsertHour { get; }

    public WriteStatement<ArrivalHour> AddToHour { get; }

    private WriteStatement<T> Insert<T>()
    {
        IProperty[] properties = [.. Entity<T>().GetProperties()];
        string columns = string.Join(", ", properties.Select(Column));
        string values = string.Join(", ", properties.Select((_, i) => "@p" + i));
        return Statement<T>($"INSERT INTO {Table<T>()} ({columns}) VALUES ({values})", properties);
    }

    /// <summary>An update of one row by its primary key and facility.</summary>
    /// <param name="except">Columns to leave; null to write only those named in <paramref name="only"/>.</param>
    /// <param name="growing">Columns to which the row's value is added.</param>
    /// <param name="only">Columns to write when <paramref name="except"/> is null.</param>
    private WriteStatement<T> Update<T>(string[]? except, string[] growing, params string[] only)
    {
        IEntityType entity = Entity<T>();
        IProperty[] key = Key(entity);
        IProperty[] set = [.. entity.GetProperties().Where(p =>
            !key.Contains(p) && (growing.Contains(p.Name) || (except is null ? only.Contains(p.Name) : !except.Contains(p.Name))))];
        string assignments = string.Join(", ", set.Select((p, i) =>
            growing.Contains(p.Name) ? $"{Column(p)} = {Column(p)} + @p{i}" : $"{Column(p)} = @p{i}"));
        return Statement<T>($"UPDATE {Table<T>()} SET {assignments} WHERE {Where(key, set.Length)}", [.. set, .. key]);
    }

    private WriteStatement<T> Delete<T>()
    {
        IProperty[] key = Key(Entity<T>());
        return Statement<T>($"DELETE FROM {Table<T>()} WHERE {Where(key, 0)}", key);
    }

    private WriteStatement<T> Touch<T>(string property)
    {
        IEntityType entity = Entity<T>();
        IProperty[] key = Key(entity);
        string column = Column(entity.FindProperty(property)!);
        return Statement<T>($"UPDATE {Table<T>()} SET {column} = {column} WHERE {Where(key, 0)}", key);
    }

    private IndexStatement Select<T>(string[] columns, params string[] where)
    {
        IEntityType entity = Entity<T>();
        IProperty[] by = [.. where.Select(name => entity.FindProperty(name)!)];
        string selected = string.Join(", ", columns.Select(name => Column(entity.FindProperty(name)!)));
        return new IndexStatement($"SELECT {selected} FROM {Table<T>()} WHERE {Where(by, 0)}", [.. by.Select(p => p.GetRelationalTypeMapping())]);
    }

    private static IProperty[] Key(IEntityType entity)
    {
        IProperty facility = entity.FindProperty(nameof(ITenantOwned.FacilityId))!;
        IProperty? trash = entity.FindProperty(nameof(Study.TrashId));
        // A study that went to the trash meanwhile must not be found: what comes now begins it anew.
        return [facility, .. entity.FindPrimaryKey()!.Properties.Where(p => p != facility), .. trash is null ? [] : new[] { trash }];
    }

    private string Where(IProperty[] properties, int from) =>
        string.Join(" AND ", properties.Select((p, i) => $"{Column(p)} = @p{from + i}"));

    private static WriteStatement<T> Statement<T>(string sql, IProperty[] properties) =>
        new(new IndexStatement(sql, [.. properties.Select(p => p.GetRelationalTypeMapping())]), [.. properties.Select(p => p.PropertyInfo!)]);

    private IEntityType Entity<T>() => _model.FindEntityType(typeof(T))!;

    private string Table<T>() => _sql.DelimitIdentifier(Entity<T>().GetTableName()!, Entity<T>().GetSchema());

    private string Column(IProperty property) => _sql.DelimitIdentifier(property.GetColumnName());
}
