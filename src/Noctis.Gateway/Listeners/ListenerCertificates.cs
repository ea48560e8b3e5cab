using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Noctis.Archive.Certificates;
using Noctis.Archive.Database;
using Noctis.Gateway.SelfTests;

namespace Noctis.Gateway.Listeners;

/// <summary>
/// The certificates of the facilities' listeners, read again as soon as they change: those in the database by their ids, which are never
/// given to another, and files on the server by their times. For the supervisor's loop alone.
/// </summary>
internal sealed class ListenerCertificates(ICrossTenantDbContextFactory databases, CertificateSecrets secrets, SelfTestCertificate selfTest, ILogger<ListenerCertificates> logger)
    : IListenerCertificates
{
    private readonly Dictionary<Guid, Known> _known = [];

    public FacilityTls Find(Guid facilityId) => _known.TryGetValue(facilityId, out var known) ? known.Tls : FacilityTls.None;

    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await using var database = databases.CreateAcrossFacilities();
        var present = await database.Set<FacilityCertificate>().AsNoTracking()
            .Select(certificate => new { certificate.FacilityId, certificate.Id, certificate.Path, certificate.KeyPath })
            .ToListAsync(cancellationToken);
        var byFacility = present.ToLookup(certificate => certificate.FacilityId);
        foreach (var gone in _known.Keys.Where(id => !byFacility.Contains(id)).ToArray())
            _known.Remove(gone);

        foreach (var facility in byFacility)
        {
            // What the files say of themselves stands for their content: looking at it each second costs next to nothing.
            var mark = string.Join(';', facility.OrderBy(one => one.Id).Select(one => $"{one.Id} {MarkOf(one.Path)} {MarkOf(one.KeyPath)}"));
            var known = _known.GetValueOrDefault(facility.Key);
            if (known?.Mark != mark)
                _known[facility.Key] = new Known(mark, await ReadAsync(database, facility.Key, known?.Server, cancellationToken));
        }
    }

    private async Task<(ReadCertificate? Server, FacilityTls Tls)> ReadAsync(
        NoctisDbContext database, Guid facilityId, ReadCertificate? before, CancellationToken cancellationToken)
    {
        var rows = await database.Set<FacilityCertificate>().AsNoTracking().Where(certificate => certificate.FacilityId == facilityId).ToListAsync(cancellationToken);
        var authorities = rows.Where(row => row.Kind == CertificateKind.ClientAuthority)
            .Select(row => CertificateReader.Assemble(row.Pem, privateKey: null).Certificate)
            .ToArray();
        if (rows.Where(row => row.Kind == CertificateKind.ServerCertificate).MaxBy(row => row.Id) is not { } server)
            return (null, new FacilityTls(null, authorities, null, selfTest.Thumbprint));

        var (read, problem) = Open(server);
        if (read is not null && server.Source == CertificateSource.Path && read.Thumbprint != server.Thumbprint)
            await NoteRenewedAsync(database, server.Id, read, cancellationToken);

        // A file that is being written, or was moved away for a moment, takes no listener down that has read it before.
        read ??= server.Source == CertificateSource.Path ? before : null;
        return (read, new FacilityTls(read, authorities, problem, selfTest.Thumbprint));
    }

    private (ReadCertificate? Read, string? Problem) Open(FacilityCertificate row)
    {
        try
        {
            var opened = secrets.Open(row);
            if (opened.TryGetValue(out var read))
                return (read, null);
            Log.CertificateUnreadable(logger, null, row.FacilityId, opened.Error!.Message);
            return (null, opened.Error!.Message);
        }
        catch (CryptographicException exception)
        {
            const string reason = "The private key in the database cannot be decrypted: this server has other keys than the one that kept it.";
            Log.CertificateUnreadable(logger, exception, row.FacilityId, reason);
            return (null, reason);
        }
    }

    /// <summary>So that pages and warnings know the new end. Every node writes the same.</summary>
    private static Task<int> NoteRenewedAsync(NoctisDbContext database, long id, ReadCertificate read, CancellationToken cancellationToken)
    {
        var (pem, subject, issuer, thumbprint) = (read.ToPem(), Cut(read.Certificate.Subject), Cut(read.Certificate.Issuer), read.Thumbprint);
        var (from, to) = (read.Certificate.NotBefore.ToUniversalTime(), read.Certificate.NotAfter.ToUniversalTime());
        return database.Set<FacilityCertificate>().Where(certificate => certificate.Id == id).ExecuteUpdateAsync(
            set => set.SetProperty(certificate => certificate.Pem, pem)
                .SetProperty(certificate => certificate.Subject, subject)
                .SetProperty(certificate => certificate.Issuer, issuer)
                .SetProperty(certificate => certificate.Thumbprint, thumbprint)
                .SetProperty(certificate => certificate.NotBeforeUtc, from)
                .SetProperty(certificate => certificate.NotAfterUtc, to),
            cancellationToken);
    }

    private static string MarkOf(string? path)
    {
        if (path is null)
            return "";
        try
        {
            var file = new FileInfo(path);
            return file.Exists ? $"{file.LastWriteTimeUtc.Ticks}/{file.Length}" : "gone";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "unreadable";
        }
    }

    private static string Cut(string text) => text.Length <= FacilityCertificate.NameLength ? text : text[..FacilityCertificate.NameLength];

    private sealed record Known(string Mark, (ReadCertificate? Server, FacilityTls Tls) Read)
    {
        public ReadCertificate? Server => Read.Server;

        public FacilityTls Tls => Read.Tls;
    }
}
