using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Noctis.Archive.Database;

/// <summary>
/// Contexts of one facility and contexts across facilities have models of their own, with and without the query filter, so that
/// neither pays for the other: `WHERE FacilityId = @tenant` and not `WHERE @all OR FacilityId = @tenant`, which no index serves.
/// </summary>
internal sealed class TenancyModelCacheKeyFactory : IModelCacheKeyFactory
{
    public object Create(DbContext context, bool designTime) =>
        (context.GetType(), context is NoctisDbContext { IsAcrossFacilities: true }, designTime);
}
