using Noctis.Archive.Journal;
using Noctis.Portal.Journal;
using Noctis.Portal.Layout;

namespace Noctis.Portal.Tests.Journal;

public sealed class ActivityListStateTests
{
    private static readonly DateTime Now = new(2026, 11, 30, 20, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData("")]
    [InlineData("?kind=store&outcome=refused")]
    [InlineData("?outcome=trouble&time=today")]
    [InlineData("?code=callingtitleunknown&title=CT%201&address=2001%3Adb8%3A%3A1")]
    [InlineData("?time=2026-11-24T09%3A00Z..2026-11-24T10%3A30Z&before=42")]
    [InlineData("?time=..2026-11-24T10%3A30Z&after=42")]
    [InlineData("?facility=0197a000-0000-7000-8000-000000000001")]
    public void Parse_OwnAddress_IsTheSameAddress(string query) => Assert.Equal(query, Parse(query).ToQuery());

    [Theory]
    [InlineData("?kind=nonsense&outcome=7&code=1&before=-1&after=x")]
    [InlineData("?time=yesterday")]
    [InlineData("?time=2026-11-24..")]
    [InlineData("?facility=mine")]
    public void Parse_MadeUpValues_AreAsIfTheyWereNotThere(string query) => Assert.Equal(new ActivityListState(), Parse(query));

    [Fact]
    public void ToFilter_Today_BeginsAtTheViewersMidnight()
    {
        var filter = Parse("?time=today&outcome=trouble&kind=echo").ToFilter(new Viewer("Europe/Berlin"), Now);

        Assert.Equal(new DateTime(2026, 11, 29, 23, 0, 0, DateTimeKind.Utc), filter.FromUtc);
        Assert.Equal((JournalKind.Echo, ActivityFilter.Trouble), (filter.Kind, filter.Outcomes));
    }

    [Fact]
    public void IsFiltered_PageAlone_IsNoFilter()
    {
        Assert.False(Parse("?before=42").IsFiltered);
        Assert.True(Parse("?before=42&kind=echo").IsFiltered);
    }

    private static ActivityListState Parse(string query)
    {
        var values = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(query);
        return ActivityListState.Parse(key => values.GetValueOrDefault(key));
    }
}
