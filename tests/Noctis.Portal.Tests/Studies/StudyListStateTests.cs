using System.Globalization;
using Noctis.Archive.Studies;
using Noctis.Portal.Studies;

namespace Noctis.Portal.Tests.Studies;

public class StudyListStateTests
{
    private static readonly DateOnly Today = new(2026, 11, 21);

    [Fact]
    public void ToQuery_PlainList_IsEmpty() => Assert.Equal("", new StudyListState().ToQuery());

    [Theory]
    [InlineData("?q=M%C3%BCller%2C%20Anna")]
    [InlineData("?modality=CT%2CMR")]
    [InlineData("?date=today")]
    [InlineData("?date=7d")]
    [InlineData("?date=30d")]
    [InlineData("?date=2026-01-02..2026-03-04")]
    [InlineData("?date=2026-01-02..")]
    [InlineData("?date=..2026-03-04")]
    [InlineData("?q=a&modality=CT&date=today&at=b1f")]
    public void Parse_WhatToQueryWrote_GivesTheSameAddress(string query)
    {
        Assert.Equal(query, Parse(query).ToQuery());
    }

    [Theory]
    [InlineData("?date=yesterday")]
    [InlineData("?date=2026-13-40..")]
    [InlineData("?date=..")]
    [InlineData("?at=nonsense")]
    [InlineData("?q=%20%20")]
    [InlineData("?modality=,,")]
    public void Parse_MadeUpValues_AreIgnored(string query)
    {
        Assert.Equal("", Parse(query).ToQuery());
        Assert.False(Parse(query).IsFiltered);
    }

    [Fact]
    public void Parse_ModalitiesInAnyOrderAndCase_AreOneState()
    {
        Assert.Equal(["CT", "MR"], Parse("?modality=mr,CT,mr").Modalities);
    }

    [Theory]
    [InlineData("?date=today", "2026-11-21", "2026-11-21")]
    [InlineData("?date=7d", "2026-11-15", "2026-11-21")]
    [InlineData("?date=30d", "2026-10-23", "2026-11-21")]
    [InlineData("?date=2026-01-02..2026-03-04", "2026-01-02", "2026-03-04")]
    public void ToSearch_Periods_BecomeDaysOfTheViewersCalendar(string query, string from, string to)
    {
        var search = Parse(query).ToSearch(Today, 50);

        Assert.Equal((DateOnly.ParseExact(from, "yyyy-MM-dd", CultureInfo.InvariantCulture), DateOnly.ParseExact(to, "yyyy-MM-dd", CultureInfo.InvariantCulture)), (search.DateFrom, search.DateTo));
    }

    [Fact]
    public void Toggle_OnALaterPage_GoesBackToTheFirst()
    {
        var state = new StudyListState { Modalities = ["MR"], Cursor = new StudyCursor(7) };

        Assert.Equal("?modality=CT%2CMR", state.Toggle("CT").ToQuery());
        Assert.Equal("", state.Toggle("MR").ToQuery());
    }

    private static StudyListState Parse(string query)
    {
        var values = query.TrimStart('?').Split('&').Select(part => part.Split('=', 2)).ToDictionary(part => part[0], part => Uri.UnescapeDataString(part[1]));
        return StudyListState.Parse(
            values.GetValueOrDefault(StudyListState.TextKey), values.GetValueOrDefault(StudyListState.ModalityKey),
            values.GetValueOrDefault(StudyListState.DateKey), values.GetValueOrDefault(StudyListState.CursorKey));
    }
}
