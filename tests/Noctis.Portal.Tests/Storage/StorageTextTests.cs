using Noctis.Archive.Integrity;
using Noctis.Archive.Storage;
using Noctis.Portal.Components;
using Noctis.Portal.Storage;

namespace Noctis.Portal.Tests.Storage;

public sealed class StorageTextTests
{
    [Theory]
    [InlineData(4_200_000_000, "+4.2 GB")]
    [InlineData(-310_000_000, "−310 MB")]
    [InlineData(0, "none")]
    public void Growth_Bytes_SaysWhichWay(long bytes, string expected) => Assert.Equal(expected, StorageText.Growth(bytes));

    [Theory]
    [InlineData(null, 5, false, "over 10 years")]
    [InlineData(null, 0, false, "not growing")]
    [InlineData(null, -5, false, "not growing")]
    [InlineData(0, 5, true, "none left")]
    [InlineData(0, 5, false, "under a day")]
    [InlineData(1, 5, false, "1 day")]
    [InlineData(212, 5, false, "212 days")]
    [InlineData(1241, 5, false, "3.4 years")]
    public void Lasts_Days_AreSaidAsPeopleDo(int? days, long growth, bool isFull, string expected) =>
        Assert.Equal(expected, StorageText.Lasts(days, growth, isFull));

    [Theory]
    [InlineData(null, StatusKind.Ok)]
    [InlineData(30, StatusKind.Ok)]
    [InlineData(29, StatusKind.Warn)]
    [InlineData(6, StatusKind.Bad)]
    [InlineData(0, StatusKind.Bad)]
    public void Kind_OfAForecast_IsTheWorseTheSooner(int? days, StatusKind expected) => Assert.Equal(expected, StorageText.Kind(days));

    [Theory]
    [InlineData(0, "0 %")]
    [InlineData(0.001, "under 1 %")]
    [InlineData(0.999, "99 %")]
    [InlineData(1.5, "150 %")]
    public void Percent_Share_IsNeverRoundedUpToFull(double share, string expected) => Assert.Equal(expected, StorageText.Percent(share));

    [Theory]
    [InlineData(3, 14, "Series 3, image 14")]
    [InlineData(null, 14, "image 14")]
    [InlineData(3, null, "Series 3, image without a number")]
    public void Image_Numbers_AreSaidAsFarAsThereAreAny(int? series, int? image, string expected) => Assert.Equal(expected, StorageText.Image(series, image));

    [Theory]
    [InlineData(FaultKind.Missing, false, "Its file is missing")]
    [InlineData(FaultKind.Damaged, true, "The file of an older version is not what was received")]
    public void Wrong_Fault_TellsImageFromVersion(FaultKind kind, bool isOfVersion, string expected) => Assert.Equal(expected, StorageText.Wrong(new FileFault
    {
        InstanceId = 1,
        StudyId = 1,
        SeriesId = 1,
        Kind = kind,
        IsOfVersion = isOfVersion,
        FoundUtc = default,
        SopInstanceUid = "1",
    }));

    [Fact]
    public void Series_ShorterThanTheChart_BeginsWithNothing()
    {
        var today = new DateOnly(2026, 4, 10);
        var series = StorageSeries.Create(new StorageHistory([new(today.AddDays(-1), 100), new(today, 300)], null), 30, today);

        Assert.Equal(30, series.Values.Count);
        Assert.Equal([0, 0, 100, 300], series.Values.TakeLast(4));
        Assert.Equal(["12 Mar", "19 Mar", "26 Mar", "2 Apr", "today"], series.Axis);
        Assert.Equal("Stored over the last 30 days: 0 B at first, 300 B today, 300 B at most", series.Label);
    }

    [Theory]
    [InlineData(0, new double[0])]
    [InlineData(100, new double[] { 20, 40, 60, 80, 100 })]
    [InlineData(140, new double[] { 50, 100 })]
    [InlineData(450, new double[] { 100, 200, 300, 400 })]
    [InlineData(999, new double[] { 200, 400, 600, 800 })]
    public void Lines_BelowAHighest_AreRound(double highest, double[] expected) => Assert.Equal(expected, StorageSeries.Lines(highest));
}
