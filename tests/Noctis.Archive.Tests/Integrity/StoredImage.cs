using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Database;
using Noctis.Archive.Ingest;
using Noctis.Archive.Storage;
using Noctis.Archive.Studies;
using Noctis.Testing.Databases;
using Noctis.Testing.Dicom;

namespace Noctis.Archive.Tests.Integrity;

/// <summary>An image that was stored, and its file to be tampered with.</summary>
internal sealed record StoredImage(TestDatabase Database, FacilityScope Scope, PhantomImage Image, StoredInstance Stored)
{
    public static async Task<StoredImage> CreateAsync(TestDatabase database, FacilityScope scope, PhantomImage? image = null)
    {
        image ??= new PhantomImage { PixelBytes = 2000 };
        return new StoredImage(database, scope, image, (await database.Services.SendAsync(scope, image)).Stored());
    }

    public static string FolderOf(TestDatabase database, FacilityScope scope) => new StoragePaths(database.StoragePath).Facility(scope.FacilityId);

    public async Task<Instance> RowAsync()
    {
        await using NoctisDbContext context = Database.For(Scope);
        return await context.Set<Instance>().SingleAsync(row => row.Id == Stored.InstanceId);
    }

    public async Task<string> FileAsync() => Path.Combine(FolderOf(Database, Scope), (await RowAsync()).StoragePath);

    public async Task<InstanceFault?> FaultAsync()
    {
        await using NoctisDbContext context = Database.For(Scope);
        return await context.Set<InstanceFault>().SingleOrDefaultAsync(fault => fault.InstanceId == Stored.InstanceId);
    }

    /// <summary>Puts a file of the image's series into the folder, with no row, as old as if it had been forgotten.</summary>
    public static string AddOrphan(TestDatabase database, FacilityScope scope, PhantomImage image, string? below = null, Guid? version = null) =>
        AddOrphan(database, scope, image.ToBytes(), $"{below ?? "studies/1/2"}/{image.SOPInstanceUID}.{version ?? Guid.CreateVersion7():N}.dcm");

    public static string AddOrphan(TestDatabase database, FacilityScope scope, byte[] content, string storagePath)
    {
        string path = Path.Combine(FolderOf(database, scope), storagePath);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddHours(-2));
        return storagePath;
    }
}
