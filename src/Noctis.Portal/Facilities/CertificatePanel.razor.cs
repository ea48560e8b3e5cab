using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Noctis.Archive;
using Noctis.Archive.Certificates;
using Noctis.Portal.Accounts;
using Noctis.Portal.Components;

namespace Noctis.Portal.Facilities;

/// <summary>The certificates of a facility's listener: its own, and those of the authorities that sign devices'. For managers.</summary>
public sealed partial class CertificatePanel(
    CertificateCommands commands, CertificateQueries queries, SignedInScopes scopes, NavigationManager navigation, TimeProvider time) : ComponentBase
{
    private readonly string _id = $"certificates-{Guid.NewGuid():N}";
    private IReadOnlyList<CertificateInfo> _authorities = [];
    private FieldErrors _errors = FieldErrors.None;
    private CertificateInfo? _server;
    private CertificateInfo? _removed;
    private IBrowserFile? _certificate;
    private IBrowserFile? _key;
    private Error? _error;
    private string? _authorityError;
    private string? _download;
    private string _password = "";
    private string _host = "";
    private string _path = "";
    private string _keyPath = "";
    private bool _isAdministrator;
    private bool _busy;

    [Parameter, EditorRequired]
    public Guid FacilityId { get; set; }

    /// <summary>How long before its end a certificate is warned of, and how long before that is urgent.</summary>
    private static (TimeSpan Warned, TimeSpan Urgent) Notice => (TimeSpan.FromDays(30), TimeSpan.FromDays(7));

    protected override async Task OnInitializedAsync()
    {
        _host = new Uri(navigation.Uri).Host.Trim('[', ']');
        await ReadAsync();
    }

    private string Id(string part) => $"{_id}-{part}";

    private async Task ReadAsync()
    {
        var opened = await scopes.FacilityAsync(FacilityId);
        _error = opened.Error;
        if (!opened.TryGetValue(out var scope))
            return;
        var all = await queries.ListAsync(scope);
        _isAdministrator = scope.IsAdministrator;
        _server = all.FirstOrDefault(certificate => certificate.Kind == CertificateKind.ServerCertificate);
        _authorities = [.. all.Where(certificate => certificate.Kind == CertificateKind.ClientAuthority)];
        _download = _server is not null && await queries.GetPemAsync(scope, _server.Id) is { } pem
            ? $"data:application/x-pem-file;base64,{Convert.ToBase64String(Encoding.ASCII.GetBytes(pem))}"
            : null;
    }

    private (StatusKind Kind, string? Title) ExpiryOf(CertificateInfo certificate)
    {
        var left = certificate.NotAfterUtc - time.GetUtcNow().UtcDateTime;
        if (left <= TimeSpan.Zero)
            return (StatusKind.Bad, "The certificate has expired");
        if (left > Notice.Warned)
            return (StatusKind.Ok, null);
        return (left <= Notice.Urgent ? StatusKind.Bad : StatusKind.Warn, $"The certificate ends in {SizeText.Count((long)Math.Ceiling(left.TotalDays), "day")}");
    }

    private Task UploadAsync() => RunAsync(async scope =>
    {
        var content = await ReadFileAsync(_certificate!);
        var key = _key is null ? null : await ReadFileAsync(_key);
        return (await commands.UploadAsync(scope, new CertificateUpload(content, key, _password.Length == 0 ? null : _password))).WithoutValue();
    });

    private Task GenerateAsync() => RunAsync(async scope => (await commands.GenerateAsync(scope, _host)).WithoutValue());

    private Task UsePathAsync() => RunAsync(async scope =>
        (await commands.UsePathAsync(scope, new CertificatePath(_path, _keyPath, _password.Length == 0 ? null : _password))).WithoutValue());

    private async Task AddAuthoritiesAsync(InputFileChangeEventArgs change)
    {
        _authorityError = null;
        await RunAsync(async scope =>
        {
            var added = await commands.AddAuthoritiesAsync(scope, await ReadFileAsync(change.File));
            _authorityError = added.Error is { Field: not null } wrong ? wrong.Message : null;
            return _authorityError is null ? added.WithoutValue() : Result.Success;
        });
    }

    private async Task RemoveAsync()
    {
        if (_removed is not { } certificate)
            return;
        _removed = null;
        await RunAsync(scope => commands.RemoveAsync(scope, certificate.Id));
    }

    private async Task RunAsync(Func<FacilityScope, Task<Result>> command)
    {
        if (_busy)
            return;
        _busy = true;
        (_error, _errors) = (null, FieldErrors.None);
        try
        {
            var opened = await scopes.FacilityAsync(FacilityId);
            var done = opened.TryGetValue(out var scope) ? await command(scope) : opened.Error!;
            if (done.IsSuccess)
            {
                (_certificate, _key, _password) = (null, null, "");
                await ReadAsync();
                return;
            }

            _errors = new FieldErrors(done.Error);
            _error = _errors.General;
        }
        catch (IOException)
        {
            _error = new InvalidError("The file is too long for a certificate, or could not be read. Choose it again.");
        }
        finally
        {
            _busy = false;
        }
    }

    private static async Task<byte[]> ReadFileAsync(IBrowserFile file)
    {
        await using var stream = file.OpenReadStream(CertificateReader.MaxLength);
        using var content = new MemoryStream();
        await stream.CopyToAsync(content);
        return content.ToArray();
    }
}
