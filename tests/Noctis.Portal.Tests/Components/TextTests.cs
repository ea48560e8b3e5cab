using Noctis.Portal.Components;
using Noctis.Portal.Layout;

namespace Noctis.Portal.Tests.Components;

public sealed class TextTests
{
    private static readonly Viewer Berlin = new("Europe/Berlin");
    private static readonly DateTime Now = new(2026, 11, 21, 13, 30, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(999, "999 B")]
    [InlineData(1_000, "1 KB")]
    [InlineData(9_450, "9.5 KB")]
    [InlineData(61_200_000, "61 MB")]
    [InlineData(999_600_000, "1 GB")]
    [InlineData(1_420_000_000_000, "1.42 TB")]
    [InlineData(long.MaxValue, "9.22 EB")]
    public void Size_Bytes_AreSaidAsPeopleDo(long bytes, string expected) => Assert.Equal(expected, SizeText.Of(bytes));

    [Theory]
    [InlineData(0, "0 images")]
    [InlineData(1, "1 image")]
    [InlineData(41_906, "41,906 images")]
    public void Count_Unit_IsSingularForOne(long number, string expected) => Assert.Equal(expected, SizeText.Count(number, "image"));

    [Theory]
    [InlineData("2026-11-21T13:02:07", TimeStyle.Short, "14:02")]
    [InlineData("2026-11-20T23:30:00", TimeStyle.Short, "00:30")]
    [InlineData("2026-11-20T13:02:00", TimeStyle.Short, "Yesterday 14:02")]
    [InlineData("2026-03-01T13:02:00", TimeStyle.Short, "1 Mar 14:02")]
    [InlineData("2024-03-01T13:02:00", TimeStyle.Short, "1 Mar 2024")]
    [InlineData("2026-11-21T13:02:07", TimeStyle.Full, "21 Nov 2026, 14:02:07 UTC+1:00")]
    [InlineData("2026-07-01T13:02:07", TimeStyle.Full, "1 Jul 2026, 15:02:07 UTC+2:00")]
    [InlineData("2026-11-21T13:29:59", TimeStyle.Relative, "just now")]
    [InlineData("2026-11-21T13:29:46", TimeStyle.Relative, "14 seconds ago")]
    [InlineData("2026-11-21T13:29:00", TimeStyle.Relative, "1 minute ago")]
    [InlineData("2026-11-21T09:30:00", TimeStyle.Relative, "4 hours ago")]
    [InlineData("2026-11-12T09:30:00", TimeStyle.Relative, "9 days ago")]
    [InlineData("2026-11-21T13:31:00", TimeStyle.Relative, "just now")]
    public void Time_InTheViewersZone_IsSaidAsPeopleDo(string utc, TimeStyle style, string expected) =>
        Assert.Equal(expected, TimeText.Of(DateTime.SpecifyKind(DateTime.Parse(utc, Viewer.Culture), DateTimeKind.Utc), style, Berlin, Now));

    [Theory]
    [InlineData(0.004, "4 ms")]
    [InlineData(4.23, "4.2 s")]
    [InlineData(42, "42 s")]
    [InlineData(200, "3 min 20 s")]
    [InlineData(7_500, "2 h 5 min")]
    [InlineData(400_000, "4 days")]
    public void Duration_Seconds_AreSaidAsPeopleDo(double seconds, string expected) =>
        Assert.Equal(expected, TimeText.Duration(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(null)]
    [InlineData("No/Where")]
    [InlineData("../../etc/passwd")]
    public void Viewer_ZoneUnknown_IsUtc(string? zone) => Assert.Equal(TimeZoneInfo.Utc, new Viewer(zone).Zone);
}
