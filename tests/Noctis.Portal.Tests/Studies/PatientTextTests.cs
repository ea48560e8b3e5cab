using System.Globalization;
using Noctis.Portal.Studies;

namespace Noctis.Portal.Tests.Studies;

public class PatientTextTests
{
    [Theory]
    [InlineData("1952-03-01", "2026-02-28", "73 y")]
    [InlineData("1952-03-01", "2026-03-01", "74 y")]
    [InlineData("2024-11-22", "2026-11-21", "23 mo")]
    [InlineData("2024-11-21", "2026-11-21", "2 y")]
    [InlineData("2026-11-01", "2026-11-21", "20 d")]
    [InlineData("2026-11-21", "2026-11-21", "0 d")]
    [InlineData("2026-11-22", "2026-11-21", "")]
    public void Age_OnADay_IsCountedAsPeopleCount(string born, string on, string expected)
    {
        Assert.Equal(expected, PatientText.Age(DateOnly.ParseExact(born, "yyyy-MM-dd", CultureInfo.InvariantCulture), DateOnly.ParseExact(on, "yyyy-MM-dd", CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void AgeAndSex_WhatIsUnknown_LeavesNoTrace()
    {
        var day = new DateOnly(2026, 11, 21);

        Assert.Equal("F", PatientText.AgeAndSex(null, "F", day));
        Assert.Equal("", PatientText.AgeAndSex(null, null, day));
        Assert.Equal("6 y · M", PatientText.AgeAndSex(new DateOnly(2020, 1, 1), "M", day));
    }
}
