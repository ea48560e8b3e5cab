using Noctis.Archive.Integrity;
using Noctis.Archive.Storage;
using Noctis.Portal.Components;
using Noctis.Portal.Layout;

namespace Noctis.Portal.Storage;

/// <summary>Growth, forecasts and faults as people say them.</summary>
internal static class StorageText
{
    /// <summary>Sooner than that somebody has to do something.</summary>
    private const int Soon = 30;

    private const int AtOnce = 7;

    /// <summary>"+4.2 GB", "−310 MB", "none"</summary>
    public static string Growth(long bytesPerDay) => bytesPerDay switch
    {
        0 => "none",
        > 0 => "+" + SizeText.Of(bytesPerDay),
        _ => "−" + SizeText.Of(-bytesPerDay),
    };

    /// <summary>"212 days", "3.4 years", "none left"</summary>
    public static string Lasts(int? days, long growthPerDay, bool isFull) => days switch
    {
        _ when isFull => "none left",
        null => growthPerDay > 0 ? "over 10 years" : "not growing",
        0 => "under a day",
        1 => "1 day",
        < 730 => $"{SizeText.Count(days.Value)} days",
        _ => $"{(days.Value / 365.0).ToString("0.#", Viewer.Culture)} years",
    };

    public static StatusKind Kind(int? days) => days switch
    {
        null => StatusKind.Ok,
        < AtOnce => StatusKind.Bad,
        < Soon => StatusKind.Warn,
        _ => StatusKind.Ok,
    };

    /// <summary>"71 %", "under 1 %"</summary>
    public static string Percent(double share) => share is > 0 and < 0.01 ? "under 1 %" : $"{Math.Floor(share * 100).ToString("0", Viewer.Culture)} %";

    public static string Modality(string modality) => modality.Length == 0 ? "Other" : modality;

    /// <summary>What is wrong with a file, as a sentence without its stop.</summary>
    public static string Wrong(FileFault fault) => (fault.Kind, fault.IsOfVersion) switch
    {
        (FaultKind.Missing, false) => "Its file is missing",
        (FaultKind.Damaged, false) => "Its file is not what was received",
        (FaultKind.Missing, true) => "The file of an older version is missing",
        _ => "The file of an older version is not what was received",
    };

    /// <summary>"Series 3, image 14"</summary>
    public static string Image(int? series, int? image) =>
        (series is { } number ? $"Series {number.ToString(Viewer.Culture)}, " : "") + (image is { } which ? $"image {which.ToString(Viewer.Culture)}" : "image without a number");

    public static string Capitalised(string text) => text.Length == 0 ? text : char.ToUpper(text[0], Viewer.Culture) + text[1..];
}
