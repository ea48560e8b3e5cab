using Noctis.Archive.Storage;

namespace Noctis.Portal.Retention;

/// <summary>The values of the storage settings as people read them; the first of each is the default.</summary>
internal static class StorageChoices
{
    public static readonly IReadOnlyList<(StorageLayout, string)> Layouts =
    [
        (StorageLayout.Series, "By study and series (default)"),
        (StorageLayout.Study, "By study"),
        (StorageLayout.Patient, "By patient and study"),
        (StorageLayout.Date, "By day of arrival and study"),
        (StorageLayout.Flat, "All in one folder"),
    ];

    public static readonly IReadOnlyList<(FileNaming, string)> Namings =
    [
        (FileNaming.SopInstanceUid, "SOP Instance UID (default)"),
        (FileNaming.InstanceNumber, "Instance number"),
        (FileNaming.Timestamp, "Time of arrival"),
        (FileNaming.Sequence, "A number that counts up"),
    ];

    public static readonly IReadOnlyList<(DuplicatePolicy, string)> Duplicates =
    [
        (DuplicatePolicy.Overwrite, "The newest copy counts (default)"),
        (DuplicatePolicy.KeepFirst, "The first copy counts"),
        (DuplicatePolicy.KeepBoth, "Keep both"),
        (DuplicatePolicy.Refuse, "Refuse it"),
    ];

    public static readonly IReadOnlyList<(CleanUp, string)> CleanUps =
    [
        (CleanUp.Off, "Off (default)"),
        (CleanUp.WhenFull, "When the quota or the disk is full"),
        (CleanUp.Always, "As soon as the retention days are over"),
    ];

    /// <summary>A value as the history says it, without the mark of the default.</summary>
    public static string Say(StorageLayout layout) => Say(Layouts, layout);

    public static string Say(FileNaming naming) => Say(Namings, naming);

    public static string Say(DuplicatePolicy policy) => Say(Duplicates, policy);

    public static string Say(CleanUp cleanUp) => Say(CleanUps, cleanUp);

    public static string Explain(DuplicatePolicy policy) => policy switch
    {
        DuplicatePolicy.KeepFirst => "A later copy is answered with success and left out.",
        DuplicatePolicy.KeepBoth => "The newest copy counts; an earlier one with another content is kept beside it, and counts towards the quota.",
        DuplicatePolicy.Refuse => "The sender of a later copy is told that the image is there already.",
        _ => "The earlier copy goes once the newer one is safe.",
    };

    public static string Explain(CleanUp cleanUp) => cleanUp switch
    {
        CleanUp.WhenFull => "The oldest studies that are past the retention days go to the trash, as many as there is need of. Pinned studies stay.",
        CleanUp.Always => "Every study that is past the retention days goes to the trash. Pinned studies stay.",
        _ => "Nothing is deleted by itself: studies stay until somebody deletes them, and at the quota images are refused.",
    };

    /// <summary>Where an image's file comes to lie, below the facility's folder.</summary>
    public static string Example(StorageLayout layout, FileNaming naming)
    {
        var folder = layout switch
        {
            StorageLayout.Study => "studies/1.2.840…77",
            StorageLayout.Patient => "patients/a4c1…/1.2.840…77",
            StorageLayout.Date => "dates/2026/11/24/1.2.840…77",
            StorageLayout.Flat => "objects",
            _ => "studies/1.2.840…77/1.2.840…77.3",
        };
        var name = naming switch
        {
            FileNaming.InstanceNumber => "000014",
            FileNaming.Timestamp => "20261124T142207113",
            FileNaming.Sequence => "000041207",
            _ => "1.2.840…77.3.14",
        };
        return $"{folder}/{name}.0193….dcm";
    }

    private static string Say<T>(IReadOnlyList<(T Value, string Text)> choices, T value)
        where T : struct, Enum
    {
        var text = choices.FirstOrDefault(choice => EqualityComparer<T>.Default.Equals(choice.Value, value)).Text ?? value.ToString();
        return text.Replace(" (default)", "", StringComparison.Ordinal);
    }
}
