using Noctis.Portal.Layout;

namespace Noctis.Portal.Studies;

/// <summary>What a reader wants beside a patient's name.</summary>
public static class PatientText
{
    /// <summary>"74 y · F"; whatever of it is known.</summary>
    public static string AgeAndSex(DateOnly? birthDate, string? sex, DateOnly on) =>
        string.Join(" · ", new[] { Age(birthDate, on), sex }.Where(part => !string.IsNullOrWhiteSpace(part)));

    /// <summary>In years; in months below two years, in days below two months, as paediatrics counts.</summary>
    public static string Age(DateOnly? birthDate, DateOnly on)
    {
        if (birthDate is not { } born || born > on)
            return "";
        var months = ((on.Year - born.Year) * 12) + on.Month - born.Month - (on.Day < born.Day ? 1 : 0);
        return months switch
        {
            < 2 => $"{on.DayNumber - born.DayNumber} d",
            < 24 => $"{months} mo",
            _ => $"{months / 12} y",
        };
    }

    public static string Sex(string? code) => code?.Trim().ToUpperInvariant() switch
    {
        null or "" => "",
        "F" => "Female",
        "M" => "Male",
        "O" => "Other",
        var other => other,
    };

    /// <summary>"12 Nov 2026, 14:02"</summary>
    public static string When(DateOnly? date, TimeOnly? time) => (date, time) switch
    {
        (null, null) => "",
        (null, { } at) => at.ToString("HH:mm", Viewer.Culture),
        ({ } day, null) => day.ToString("d MMM yyyy", Viewer.Culture),
        ({ } day, { } at) => $"{day.ToString("d MMM yyyy", Viewer.Culture)}, {at.ToString("HH:mm", Viewer.Culture)}",
    };
}
