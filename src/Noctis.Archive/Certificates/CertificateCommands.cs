using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Auditing;
using Noctis.Archive.Database;
using Noctis.Archive.Facilities;

namespace Noctis.Archive.Certificates;

/// <summary>
/// Gives a facility's listener its certificate, and says whose devices it trusts. For its managers; files on the server are for
/// administrators. The next connection sees it.
/// </summary>
public sealed class CertificateCommands(
    INoctisDbContextFactory databases, CertificateSecrets secrets, IdGenerator ids, AuditTrail audit, FacilityChanges changes, TimeProvider time)
{
    private const int MostAuthorities = 100;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>Uploads the listener's certificate, in place of the one there is.</summary>
    public async Task<Result<FacilityCertificate>> UploadAsync(FacilityScope scope, CertificateUpload upload, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(upload);
        if (!scope.MayManage)
            return Forbidden();
        var read = CertificateReader.ReadServer(upload.Certificate, upload.Key, upload.Password, Now);
        return read.TryGetValue(out var certificate) ? await KeepAsync(scope, certificate, cancellationToken) : read.Error!;
    }

    /// <summary>Makes a certificate that nobody has signed, for two years, so that TLS can be tried at once.</summary>
    /// <param name="scope">Whose.</param>
    /// <param name="host">The name or address that devices call the server by.</param>
    /// <param name="cancellationToken">Ends the command.</param>
    public async Task<Result<FacilityCertificate>> GenerateAsync(FacilityScope scope, string host, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        if (!scope.MayManage)
            return Forbidden();
        host = (host ?? "").Trim();
        if (host.Length is 0 or > 253 || Uri.CheckHostName(host) == UriHostNameType.Unknown)
            return InvalidError.For("Host", "Type the host name or address that devices call this server by, such as pacs.example.org.");
        return await KeepAsync(scope, SelfSignedCertificate.Make(host, Now), cancellationToken);
    }

    /// <summary>Uses a file on the server, which is read again when it changes: for certificates that something else renews.</summary>
    public async Task<Result<FacilityCertificate>> UsePathAsync(FacilityScope scope, CertificatePath path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(path);
        if (!scope.IsAdministrator)
            return new ForbiddenError("Files on the server are for administrators. Ask one, or upload the certificate.");
        if (path.Path.Length > FacilityCertificate.PathLength || path.KeyPath?.Length > FacilityCertificate.PathLength)
            return InvalidError.For("Path", $"A path has at most {FacilityCertificate.PathLength} characters.");
        var read = CertificateFiles.Read(path.Path.Trim(), path.KeyPath?.Trim(), path.Password);
        if (!read.TryGetValue(out var certificate))
            return read.Error!;
        if (CertificateReader.FindTimeFault(certificate.Certificate, Now) is { } fault)
            return fault;
        var row = RowOf(scope, certificate, CertificateKind.ServerCertificate, CertificateSource.Path,
            secrets.ProtectText(scope.FacilityId, path.Password), path.Path.Trim(), string.IsNullOrWhiteSpace(path.KeyPath) ? null : path.KeyPath.Trim());
        return await ReplaceAsync(scope, row, cancellationToken);
    }

    /// <summary>Trusts authorities, or single devices, by their certificates; those that are trusted already are left as they are.</summary>
    public async Task<Result<int>> AddAuthoritiesAsync(FacilityScope scope, byte[] content, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        if (!scope.MayManage)
            return Forbidden();
        var read = CertificateReader.ReadAuthorities(content, Now);
        if (!read.TryGetValue(out var authorities))
            return read.Error!;

        await using var database = databases.CreateFor(scope);
        var known = await database.Set<FacilityCertificate>()
            .Where(certificate => certificate.Kind == CertificateKind.ClientAuthority)
            .Select(certificate => certificate.Thumbprint)
            .ToListAsync(cancellationToken);
        var added = authorities.Where(authority => !known.Contains(authority.Thumbprint)).DistinctBy(authority => authority.Thumbprint).ToList();
        if (known.Count + added.Count > MostAuthorities)
            return InvalidError.For("Certificate", $"There can be at most {MostAuthorities} authorities. Trust the authority that signs the devices' certificates, not each device.");
        foreach (var authority in added)
        {
            var row = RowOf(scope, authority, CertificateKind.ClientAuthority, CertificateSource.Upload, null);
            database.Add(row);
            audit.Add(database, AuditActor.Of(scope), AuditAction.CertificateAdded, scope.FacilityId, row.Thumbprint, $"Trusts {row.Subject}");
        }

        return await SaveAsync(database, scope, added.Count, cancellationToken);
    }

    /// <summary>Removes the listener's certificate, or an authority. Connections that run go on.</summary>
    public async Task<Result> RemoveAsync(FacilityScope scope, long id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        if (!scope.MayManage)
            return Forbidden();
        await using var database = databases.CreateFor(scope);
        var row = await database.Set<FacilityCertificate>().FirstOrDefaultAsync(certificate => certificate.Id == id, cancellationToken);
        if (row is null)
            return new NotFoundError("There is no such certificate. It may have been replaced: look at the list again.");
        database.Remove(row);
        audit.Add(database, AuditActor.Of(scope), AuditAction.CertificateRemoved, scope.FacilityId, row.Thumbprint, row.Subject);
        return (await SaveAsync(database, scope, 0, cancellationToken)).WithoutValue();
    }

    private Task<Result<FacilityCertificate>> KeepAsync(FacilityScope scope, ReadCertificate certificate, CancellationToken cancellationToken) =>
        ReplaceAsync(
            scope,
            RowOf(scope, certificate, CertificateKind.ServerCertificate, CertificateSource.Upload, secrets.Protect(scope.FacilityId, certificate.PrivateKey!)),
            cancellationToken);

    private async Task<Result<FacilityCertificate>> ReplaceAsync(FacilityScope scope, FacilityCertificate row, CancellationToken cancellationToken)
    {
        await using var database = databases.CreateFor(scope);
        var before = await database.Set<FacilityCertificate>().Where(certificate => certificate.Kind == CertificateKind.ServerCertificate).ToListAsync(cancellationToken);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        if (before.Count > 0)
        {
            // First, in a statement of its own: the same certificate may come again, and is there once.
            database.RemoveRange(before);
            if (!(await TrySaveAsync(database, cancellationToken)))
                return Outdated();
        }

        database.Add(row);
        audit.Add(database, AuditActor.Of(scope), AuditAction.CertificateAdded, scope.FacilityId, row.Thumbprint, $"{row.Subject}, until {row.NotAfterUtc:yyyy-MM-dd}");
        if (!(await TrySaveAsync(database, cancellationToken)))
            return Outdated();
        await transaction.CommitAsync(cancellationToken);
        changes.Publish(scope.FacilityId);
        return row;
    }

    private async Task<Result<int>> SaveAsync(NoctisDbContext database, FacilityScope scope, int value, CancellationToken cancellationToken)
    {
        if (!(await TrySaveAsync(database, cancellationToken)))
            return Outdated();
        changes.Publish(scope.FacilityId);
        return value;
    }

    private static async Task<bool> TrySaveAsync(NoctisDbContext database, CancellationToken cancellationToken)
    {
        try
        {
            await database.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException exception) when (exception is DbUpdateConcurrencyException || database.IsUniqueViolation(exception))
        {
            return false;
        }
    }

    private FacilityCertificate RowOf(
        FacilityScope scope, ReadCertificate read, CertificateKind kind, CertificateSource source, byte[]? secret, string? path = null, string? keyPath = null) => new()
        {
            Id = ids.Next(),
            FacilityId = scope.FacilityId,
            Kind = kind,
            Source = source,
            Path = path,
            KeyPath = keyPath,
            Pem = read.ToPem(),
            Secret = secret,
            Subject = Cut(read.Certificate.Subject, FacilityCertificate.NameLength),
            Issuer = Cut(read.Certificate.Issuer, FacilityCertificate.NameLength),
            Thumbprint = read.Thumbprint,
            NotBeforeUtc = read.Certificate.NotBefore.ToUniversalTime(),
            NotAfterUtc = read.Certificate.NotAfter.ToUniversalTime(),
            AddedUtc = Now,
            AddedBy = Cut(scope.ActorName, FacilityCertificate.ActorNameLength),
        };

    internal static string Cut(string text, int length) => text.Length <= length ? text : text[..length];

    private static ConflictError Outdated() => new("Somebody else changed these certificates in the meantime. Look at them now, and try again.");

    private static ForbiddenError Forbidden() => new("Certificates are changed by the facility's managers. Ask one of them.");
}
