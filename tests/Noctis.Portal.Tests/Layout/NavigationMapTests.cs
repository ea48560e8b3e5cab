using Noctis.Archive;
using Noctis.Archive.Facilities;
using Noctis.Portal.Layout;

namespace Noctis.Portal.Tests.Layout;

public sealed class NavigationMapTests
{
    private static readonly Guid Other = Guid.NewGuid();
    private static readonly CurrentFacility Facility = new(FacilityScope.ForListener(Guid.NewGuid()), "A", "A1", 11113, FacilityState.Active);
    private static readonly CurrentFacility Managed = new(FacilityScope.ForJob(Guid.NewGuid(), "test"), "A", "A1", 11113, FacilityState.Active);

    private static readonly NavigationMap Map = new(["/f/{FacilityId:guid}", "/f/{FacilityId:guid}/studies", "/f/{FacilityId:guid}/team", "/admin/users"]);

    [Fact]
    public void For_Staff_HoldsTheirPagesAlone() =>
        Assert.Equal(["Home", "Studies"], Map.For(Facility, isAdministrator: false).Select(link => link.Label));

    [Fact]
    public void For_Manager_HoldsTheTeam() =>
        Assert.Equal(["Home", "Studies", "Team"], Map.For(Managed, isAdministrator: false).Select(link => link.Label));

    [Fact]
    public void For_AdministratorOutsideAFacility_HoldsAdministration() =>
        Assert.Equal(["/admin/users"], Map.For(null, isAdministrator: true).Select(link => link.Href));

    [Fact]
    public void For_Facility_PointsIntoIt() =>
        Assert.Equal($"/f/{Facility.Id}/studies", Map.For(Facility, isAdministrator: false).Single(link => link.Label == "Studies").Href);

    [Theory]
    [InlineData("/f/0197a000-0000-7000-8000-000000000001/studies", "/studies")]
    [InlineData("/f/0197a000-0000-7000-8000-000000000001/studies/42", "/studies")]
    [InlineData("/f/0197a000-0000-7000-8000-000000000001", "")]
    [InlineData("/f/0197a000-0000-7000-8000-000000000001/gone", "")]
    [InlineData("/admin/users", "")]
    [InlineData("/", "")]
    public void InFacility_Path_KeepsTheKindOfPage(string path, string expected) =>
        Assert.Equal($"/f/{Other}{expected}", Map.InFacility(Other, path));

    [Theory]
    [InlineData("/f/1/studies", true)]
    [InlineData("/f/1/studies/42", true)]
    [InlineData("/f/1/studieslist", false)]
    [InlineData("/f/1", false)]
    public void IsCurrent_Path_MeansThePageOrOneBelow(string path, bool expected) =>
        Assert.Equal(expected, new NavigationLink("", "Studies", "studies", "/f/1/studies").IsCurrent(path));

    [Fact]
    public void IsCurrent_Home_MeansHomeAlone() =>
        Assert.False(new NavigationLink("", "Home", "home", "/f/1").IsCurrent("/f/1/studies"));

    [Fact]
    public void For_RealPages_HoldsNoDeadLink()
    {
        var links = new NavigationMap().For(Managed, isAdministrator: true).ToList();

        Assert.Contains(links, link => link.Label == "Home");
        Assert.Contains(links, link => link.Label == "Users");
    }
}
