using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Noctis.Archive.Accounts;
using Noctis.Archive.Certificates;
using Noctis.Archive.Database;
using Noctis.Testing;
using Noctis.Testing.Databases;

namespace Noctis.Archive.Tests.Certificates;

public sealed class CertificateCommandsTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    private static readonly TestCertificates Authority = new();

    [DatabaseTheory]
    public async Task Upload_Twice_ReplacesAndKeepsNoKeyInTheClear(DatabaseProviderKind kind)
    {
        var database = await databases.OpenAsync(kind);
        var (commands, queries) = Open(database);
        var scope = await database.AddFacilityAsync();
        var first = Authority.Issue("first");
        var second = Authority.Issue("second");

        Assert.True((await commands.UploadAsync(scope, new CertificateUpload(TestCertificates.Pem(first)))).IsSuccess);
        Assert.True((await commands.UploadAsync(scope, new CertificateUpload(TestCertificates.Pem(second)))).IsSuccess);
        var again = await commands.UploadAsync(scope, new CertificateUpload(TestCertificates.Pem(second)));

        Assert.True(again.IsSuccess, again.ToString());
        Assert.Equal("CN=second", Assert.Single(await queries.ListAsync(scope)).Subject);
        await using var rows = database.For(scope);
        var row = await rows.Set<FacilityCertificate>().SingleAsync();
        using var key = second.GetECDsaPrivateKey()!;
        Assert.Equal(-1, row.Secret.AsSpan().IndexOf(key.ExportPkcs8PrivateKey().AsSpan(30, 40)));
        Assert.DoesNotContain("PRIVATE", row.Pem, StringComparison.Ordinal);
        Assert.True(new CertificateSecrets(new TestSecrets()).Open(row).Value.Certificate.HasPrivateKey);
    }

    [DatabaseTheory]
    public async Task Rows_OfOneFacility_AreNotSeenByAnotherNorReadable(DatabaseProviderKind kind)
    {
        var database = await databases.OpenAsync(kind);
        var (commands, queries) = Open(database);
        var mine = await database.AddFacilityAsync();
        var other = await database.AddFacilityAsync();
        var made = (await commands.GenerateAsync(mine, "pacs.example.org")).Value;

        Assert.Empty(await queries.ListAsync(other));
        Assert.Null(await queries.GetPemAsync(other, made.Id));
        Assert.IsType<NotFoundError>((await commands.RemoveAsync(other, made.Id)).Error);
        var moved = new FacilityCertificate
        {
            FacilityId = other.FacilityId,
            Pem = made.Pem,
            Secret = made.Secret,
            Subject = "",
            Issuer = "",
            Thumbprint = "",
            AddedBy = "",
        };
        Assert.ThrowsAny<CryptographicException>(() => new CertificateSecrets(new TestSecrets()).Open(moved));
        Assert.Contains("BEGIN CERTIFICATE", await queries.GetPemAsync(mine, made.Id), StringComparison.Ordinal);
    }

    [DatabaseTheory]
    public async Task Authorities_AddedTwice_StandOnceAndGo(DatabaseProviderKind kind)
    {
        var database = await databases.OpenAsync(kind);
        var (commands, queries) = Open(database);
        var scope = await database.AddFacilityAsync();
        var pem = TestCertificates.CertificatePem(Authority.Authority);

        Assert.Equal(1, (await commands.AddAuthoritiesAsync(scope, pem)).Value);
        Assert.Equal(0, (await commands.AddAuthoritiesAsync(scope, [.. pem, .. pem])).Value);
        var authority = Assert.Single(await queries.ListAsync(scope));
        Assert.True((await commands.RemoveAsync(scope, authority.Id)).IsSuccess);

        Assert.Empty(await queries.ListAsync(scope));
    }

    [DatabaseTheory]
    public async Task EndingBefore_OverTheInstallation_NextFirst(DatabaseProviderKind kind)
    {
        var database = await databases.OpenAsync(kind);
        var (commands, queries) = Open(database);
        var (soon, later) = (await database.AddFacilityAsync(), await database.AddFacilityAsync());
        await commands.UploadAsync(later, new CertificateUpload(TestCertificates.Pem(Authority.Issue("later", to: DateTimeOffset.UtcNow.AddDays(20)))));
        await commands.UploadAsync(soon, new CertificateUpload(TestCertificates.Pem(Authority.Issue("soon", to: DateTimeOffset.UtcNow.AddDays(3)))));

        var ending = await queries.EndingBeforeAsync(AdministratorScope.ForSystem("test"), DateTime.UtcNow.AddDays(30));

        Assert.Equal([soon.FacilityId, later.FacilityId], ending.Where(one => one.FacilityId == soon.FacilityId || one.FacilityId == later.FacilityId).Select(one => one.FacilityId));
    }

    [DatabaseTheory]
    public async Task Path_ByAnAdministrator_IsReadAndRefusedWithTheReason(DatabaseProviderKind kind)
    {
        var database = await databases.OpenAsync(kind);
        var (commands, queries) = Open(database);
        var scope = await database.AddFacilityAsync();
        var administrator = FacilityScope.ForUser(scope.FacilityId, Guid.NewGuid(), "admin", null, isAdministrator: true);
        var manager = FacilityScope.ForUser(scope.FacilityId, Guid.NewGuid(), "manager", FacilityRole.Manager, isAdministrator: false);
        var path = Path.Combine(database.StoragePath, $"{Guid.NewGuid():N}.pem");
        await File.WriteAllBytesAsync(path, TestCertificates.CertificatePem(Authority.Issue("file")).Concat(TestCertificates.KeyPem(Authority.Authority)).ToArray());

        Assert.IsType<ForbiddenError>((await commands.UsePathAsync(manager, new CertificatePath(path))).Error);
        Assert.Contains("does not belong", (await commands.UsePathAsync(administrator, new CertificatePath(path))).Error?.Message, StringComparison.Ordinal);
        Assert.Contains("no file", (await commands.UsePathAsync(administrator, new CertificatePath(path + "x"))).Error?.Message, StringComparison.Ordinal);
        Assert.Contains("no full path", (await commands.UsePathAsync(administrator, new CertificatePath("server.pem"))).Error?.Message, StringComparison.Ordinal);

        await File.WriteAllBytesAsync(path, TestCertificates.Pem(Authority.Issue("file")));
        Assert.True((await commands.UsePathAsync(administrator, new CertificatePath(path))).IsSuccess);
        Assert.Equal((CertificateSource.Path, path), Assert.Single(await queries.ListAsync(scope)) is var only ? (only.Source, only.Path) : default);
    }

    [DatabaseTheory]
    public async Task Commands_ByStaff_AreForbidden(DatabaseProviderKind kind)
    {
        var database = await databases.OpenAsync(kind);
        var (commands, _) = Open(database);
        var scope = await database.AddFacilityAsync();
        var staff = FacilityScope.ForUser(scope.FacilityId, Guid.NewGuid(), "staff", FacilityRole.Staff, isAdministrator: false);

        Assert.IsType<ForbiddenError>((await commands.UploadAsync(staff, new CertificateUpload(Encoding.ASCII.GetBytes("x")))).Error);
        Assert.IsType<ForbiddenError>((await commands.GenerateAsync(staff, "host")).Error);
        Assert.IsType<ForbiddenError>((await commands.AddAuthoritiesAsync(staff, [1])).Error);
        Assert.IsType<ForbiddenError>((await commands.RemoveAsync(staff, 1)).Error);
        Assert.Equal("Host", (await commands.GenerateAsync(scope, "no host name!")).Error?.Field);
    }

    private static (CertificateCommands Commands, CertificateQueries Queries) Open(TestDatabase database)
    {
        var services = database.CreateServices(services => services.AddSingleton<ISecretProtection>(new TestSecrets()));
        return (services.GetRequiredService<CertificateCommands>(), services.GetRequiredService<CertificateQueries>());
    }
}
