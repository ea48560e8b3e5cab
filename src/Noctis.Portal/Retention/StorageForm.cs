using System.Globalization;
using Noctis.Archive;
using Noctis.Archive.Storage;

namespace Noctis.Portal.Retention;

/// <summary>The storage settings as they are typed.</summary>
internal sealed record StorageForm
{
    private const decimal BytesInGB = 1_000_000_000m;

    public StorageLayout Layout { get; init; }

    public FileNaming FileNaming { get; init; }

    public DuplicatePolicy DuplicatePolicy { get; init; }

    /// <summary>In GB of 10^9 bytes; empty for none.</summary>
    public string Quota { get; init; } = "";

    public string WarnPercent { get; init; } = "";

    public CleanUp CleanUp { get; init; }

    public string RetentionDays { get; init; } = "";

    public string TrashDays { get; init; } = "";

    public static StorageForm Of(StorageSettings settings) => new()
    {
        Layout = settings.Layout,
        FileNaming = settings.FileNaming,
        DuplicatePolicy = settings.DuplicatePolicy,
        Quota = settings.QuotaBytes is { } bytes ? (bytes / BytesInGB).ToString("0.#########", CultureInfo.InvariantCulture) : "",
        WarnPercent = Text(settings.WarnPercent),
        CleanUp = settings.CleanUp,
        RetentionDays = settings.RetentionDays is { } days ? Text(days) : "",
        TrashDays = Text(settings.TrashDays),
    };

    /// <summary>The values, and what is wrong with them; where a text is no number, the draft has the default in its place.</summary>
    public (StorageSettingsDraft Draft, IReadOnlyList<Error> Errors) Read()
    {
        var errors = new List<Error>();
        var draft = new StorageSettingsDraft
        {
            Layout = Layout,
            FileNaming = FileNaming,
            DuplicatePolicy = DuplicatePolicy,
            QuotaBytes = ReadQuota(errors),
            WarnPercent = ReadNumber(WarnPercent, nameof(WarnPercent), "Type a whole number of per cent, such as 80.", errors) ?? StorageSettings.DefaultWarnPercent,
            CleanUp = CleanUp,
            RetentionDays = RetentionDays.Trim().Length == 0 ? null : ReadNumber(RetentionDays, nameof(RetentionDays), "Type a whole number of days, such as 365.", errors),
            TrashDays = ReadNumber(TrashDays, nameof(TrashDays), "Type a whole number of days, such as 30; 0 keeps nothing.", errors) ?? StorageSettings.DefaultTrashDays,
        };
        var typed = errors.Select(error => error.Field).ToHashSet();
        errors.AddRange(StorageSettingsRules.Validate(draft).Where(error => !typed.Contains(error.Field)));
        return (draft, errors);
    }

    private long? ReadQuota(List<Error> errors)
    {
        var text = Quota.Trim();
        if (text.Length == 0)
            return null;
        // A comma can only be meant as the decimal one: nobody types thousands of GB apart.
        if (decimal.TryParse(text.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var gigabytes) && gigabytes < 1_000_000_000)
            return (long)(gigabytes * BytesInGB);
        errors.Add(InvalidError.For(nameof(StorageSettingsDraft.QuotaBytes), "Type a number of GB, such as 500 or 0.5, or leave it empty for no limit."));
        return null;
    }

    private static int? ReadNumber(string text, string field, string message, List<Error> errors)
    {
        if (int.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            return number;
        errors.Add(InvalidError.For(field, message));
        return null;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
