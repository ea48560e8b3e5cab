using System.Globalization;
using Noctis.Archive;
using Noctis.Archive.Facilities;
using Noctis.Archive.Journal;
using Noctis.Portal.Accounts;
using Noctis.Portal.Layout;

namespace Noctis.Portal.Journal;

/// <summary>What Activity shows, as a file: the same address with .csv, the same people, the same filters.</summary>
internal static class ActivityEndpoints
{
    public static void MapActivityExports(this WebApplication app)
    {
        app.MapGet($"/f/{{{CurrentFacility.RouteParameter}:guid}}/activity.csv", async (HttpContext context, Guid facilityId, FacilityAccess access, ActivityQueries queries, TimeProvider time) =>
        {
            // The policy has let them in; the scope is theirs, not the address's.
            var opened = await access.OpenAsync(SignedInUser.From(context.User)!.Id, facilityId);
            if (!opened.TryGetValue(out var scope))
                return Results.NotFound();
            var filter = FilterOf(context, time, out _);
            return File(context, time, body => ActivityExport.WriteAsync(body, queries.ExportAsync(scope, filter, context.RequestAborted), null, context.RequestAborted));
        }).RequireAuthorization(Policies.FacilityMember);

        app.MapGet("/admin/activity.csv", async (HttpContext context, FacilityAccess access, FacilityQueries facilities, ActivityQueries queries, TimeProvider time) =>
        {
            var opened = await access.OpenAdministrationAsync(SignedInUser.From(context.User)!.Id);
            if (!opened.TryGetValue(out AdministratorScope? scope))
                return Results.Forbid();
            var names = (await facilities.ListAsync(scope, context.RequestAborted)).ToDictionary(facility => facility.Id, facility => facility.Name);
            var filter = FilterOf(context, time, out var facilityId);
            return File(context, time, body => ActivityExport.WriteAsync(body, queries.ExportAsync(scope, facilityId, filter, context.RequestAborted), names, context.RequestAborted));
        }).RequireAuthorization(Policies.Administrator);
    }

    private static ActivityFilter FilterOf(HttpContext context, TimeProvider time, out Guid? facilityId)
    {
        var state = ActivityListState.Parse(key => context.Request.Query[key]);
        facilityId = state.Facility;
        return state.ToFilter(new Viewer(context.Request.Cookies[Viewer.ZoneCookie]), time.GetUtcNow().UtcDateTime);
    }

    private static IResult File(HttpContext context, TimeProvider time, Func<Stream, Task> write)
    {
        context.Response.Headers.CacheControl = "no-store";
        var name = $"activity-{time.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}.csv";
        return Results.Stream(write, "text/csv; charset=utf-8", name);
    }
}
