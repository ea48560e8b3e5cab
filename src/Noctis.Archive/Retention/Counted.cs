using System.Globalization;

namespace Noctis.Archive.Retention;

/// <summary>Counts in the sentences that jobs leave.</summary>
internal static class Counted
{
    /// <summary>"1 study", "3 studies of 2 facilities".</summary>
    public static string Studies(int studies, int facilities = 1)
    {
        string of = facilities > 1 ? string.Create(CultureInfo.InvariantCulture, $" of {facilities:N0} facilities") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{studies:N0} {(studies == 1 ? "study" : "studies")}{of}");
    }
}
