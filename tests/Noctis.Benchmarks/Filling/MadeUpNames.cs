using System.Globalization;

namespace Noctis.Benchmarks.Filling;

/// <summary>Names of nobody, in some variety, since a list of one name shows neither search nor order.</summary>
internal static class MadeUpNames
{
    private static readonly string[] Family =
    [
        "Adler", "Bauer", "Castillo", "Dvořák", "Eriksson", "Fischer", "Garcia", "Hansen", "Ivanova", "Jansen", "Kowalski", "Lindqvist",
        "Müller", "Nowak", "O'Brien", "Petrov", "Quinn", "Rossi", "Smith", "Tanaka", "Ueda", "Varga", "Weber", "Yılmaz", "Zhang",
    ];

    private static readonly string[] Given =
    [
        "Anna", "Bruno", "Clara", "David", "Elif", "Felix", "Greta", "Hugo", "Inés", "Jan", "Karin", "Lena", "Mikael", "Nora", "Oskar",
        "Paula", "Quentin", "Rosa", "Sven", "Teresa", "Uwe", "Vera", "Willem", "Xenia", "Yusuf", "Zoë",
    ];

    private static readonly string[] Places =
        ["Central", "North", "Harbour", "Lakeside", "Hill", "Riverside", "Old Town", "Garden", "West", "Station"];

    private static readonly string[] Houses = ["Hospital", "Clinic", "Imaging", "Radiology", "Medical Centre"];

    /// <summary>As a DICOM person name (PS3.5 6.2.1).</summary>
    public static string Patient(Random random) => $"{Pick(Family, random)}^{Pick(Given, random)}";

    public static string Physician(Random random) => $"{Pick(Family, random)}^{Pick(Given, random)}^^Dr.";

    public static string Facility(int number)
    {
        var name = $"{Places[number % Places.Length]} {Houses[number / Places.Length % Houses.Length]}";
        var again = number / (Places.Length * Houses.Length);
        return again == 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name} {again + 1}");
    }

    public static string Pick(string[] from, Random random) => from[random.Next(from.Length)];
}
