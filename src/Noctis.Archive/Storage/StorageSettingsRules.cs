using System.Globalization;

namespace Noctis.Archive.Storage;

/// <summary>The ranges of a facility's storage settings, for forms as they are typed and for the command.</summary>
public static class StorageSettingsRules
{
    public const long SmallestQuota = 1_000_000;
    public const long LargestQuota = 1_000_000_000_000_000;
    public const int SmallestWarnPercent = 1;
    public const int LargestWarnPercent = 99;
    public const int LongestRetentionDays = 36_500;
    public const int LongestTrashDays = 365;

    /// <summary>What is wrong, each error with its field; empty when the values can be used.</summary>
    public static IReadOnlyList<Error> Validate(StorageSettingsDraft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var errors = new List<Error>();
        Known(draft.Layout, nameof(draft.Layout));
        Known(draft.FileNaming, nameof(draft.FileNaming));
        Known(draft.DuplicatePolicy, nameof(draft.DuplicatePolicy));
        Known(draft.CleanUp, nameof(draft.CleanUp));
        if (draft.QuotaBytes is < SmallestQuota or > LargestQuota)
            Add(nameof(draft.QuotaBytes), $"A quota is between 1 MB and 1 PB; {ByteText.Of(draft.QuotaBytes.Value)} is not. Leave it empty for no limit.");
        if (draft.WarnPercent is < SmallestWarnPercent or > LargestWarnPercent)
            Add(nameof(draft.WarnPercent), $"The share to warn at is between {SmallestWarnPercent} and {LargestWarnPercent} %; {draft.WarnPercent} is not.");
        if (draft.RetentionDays is < 0 or > LongestRetentionDays)
            Add(nameof(draft.RetentionDays), $"Retention is between 0 and {LongestRetentionDays} days; {draft.RetentionDays} is not.");
        else if (draft.RetentionDays is null && draft.CleanUp != CleanUp.Off)
            Add(nameof(draft.RetentionDays), $"Clean-up needs to know how long studies are safe from it: type a number of days between 0 and {LongestRetentionDays}, or switch clean-up off.");
        if (draft.TrashDays is < 0 or > LongestTrashDays)
            Add(nameof(draft.TrashDays), $"The trash keeps studies between 0 and {LongestTrashDays} days; {draft.TrashDays} is not.");
        return errors;

        void Known<T>(T value, string field)
            where T : struct, Enum
        {
            if (!Enum.IsDefined(value)) Add(field, $"Choose one of {string.Join(", ", Enum.GetNames<T>())}.");
        }

        void Add(string field, FormattableString message) => errors.Add(InvalidError.For(field, message.ToString(CultureInfo.InvariantCulture)));
    }
}
