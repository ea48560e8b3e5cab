namespace Noctis.Archive.Settings;

/// <summary>Which transfer syntaxes a facility takes images in. Only those that are off are kept.</summary>
public sealed record TransferSyntaxSettings
{
    /// <summary>UIDs of the transfer syntaxes that are off.</summary>
    public IReadOnlyList<string> Off { get; init; } = [];

    public bool Takes(string transferSyntaxUid) => !Off.Contains(transferSyntaxUid, StringComparer.Ordinal);
}
