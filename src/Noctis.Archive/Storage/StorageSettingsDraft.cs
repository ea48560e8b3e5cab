namespace Noctis.Archive.Storage;

/// <summary>A facility's storage settings as somebody wants them.</summary>
public sealed record StorageSettingsDraft
{
    public StorageLayout Layout { get; init; }

    public FileNaming FileNaming { get; init; }

    public DuplicatePolicy DuplicatePolicy { get; init; }

    /// <summary>Null for no limit.</summary>
    public long? QuotaBytes { get; init; }

    public int WarnPercent { get; init; } = StorageSettings.DefaultWarnPercent;

    public CleanUp CleanUp { get; init; }

    public int? RetentionDays { get; init; }

    public int TrashDays { get; init; } = StorageSettings.DefaultTrashDays;

    public static StorageSettingsDraft Of(StorageSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new StorageSettingsDraft
        {
            Layout = settings.Layout,
            FileNaming = settings.FileNaming,
            DuplicatePolicy = settings.DuplicatePolicy,
            QuotaBytes = settings.QuotaBytes,
            WarnPercent = settings.WarnPercent,
            CleanUp = settings.CleanUp,
            RetentionDays = settings.RetentionDays,
            TrashDays = settings.TrashDays,
        };
    }

    internal void ApplyTo(StorageSettings settings) =>
        (settings.Layout, settings.FileNaming, settings.DuplicatePolicy, settings.QuotaBytes, settings.WarnPercent, settings.CleanUp, settings.RetentionDays, settings.TrashDays) =
        (Layout, FileNaming, DuplicatePolicy, QuotaBytes, WarnPercent, CleanUp, RetentionDays, TrashDays);

    /// <summary>What is another in <paramref name="next"/>, in words: "QuotaBytes: none → 500 GB; TrashDays: 30 → 7".</summary>
    internal string DifferenceTo(StorageSettingsDraft next)
    {
        (string Name, string Before, string After)[] values =
        [
            (nameof(Layout), Layout.ToString(), next.Layout.ToString()),
            (nameof(FileNaming), FileNaming.ToString(), next.FileNaming.ToString()),
            (nameof(DuplicatePolicy), DuplicatePolicy.ToString(), next.DuplicatePolicy.ToString()),
            ("Quota", Size(QuotaBytes), Size(next.QuotaBytes)),
            (nameof(WarnPercent), $"{WarnPercent}", $"{next.WarnPercent}"),
            (nameof(CleanUp), CleanUp.ToString(), next.CleanUp.ToString()),
            (nameof(RetentionDays), Days(RetentionDays), Days(next.RetentionDays)),
            (nameof(TrashDays), $"{TrashDays}", $"{next.TrashDays}"),
        ];
        return string.Join("; ", values.Where(value => value.Before != value.After).Select(value => $"{value.Name}: {value.Before} → {value.After}"));
    }

    private static string Size(long? bytes) => bytes is { } size ? ByteText.Of(size) : "none";

    private static string Days(int? days) => days is { } number ? $"{number}" : "none";
}
