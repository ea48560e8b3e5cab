namespace Noctis.Archive.Settings;

/// <summary>Which services a facility offers. Only those that are off are kept, so that a new service is on where nobody said otherwise.</summary>
public sealed record ServiceSettings
{
    /// <summary>The names of the services that are off, as they register: C-ECHO, C-STORE.</summary>
    public IReadOnlyList<string> Off { get; init; } = [];

    public bool Offers(string service) => !Off.Contains(service, StringComparer.Ordinal);
}
