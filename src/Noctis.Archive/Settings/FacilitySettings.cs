namespace Noctis.Archive.Settings;

/// <summary>
/// How one facility's front door behaves. Immutable; what stands in the groups are the defaults, which a facility has until
/// somebody changes them. Kept as one document a facility, so that a setting that a later version adds needs no new column.
/// How it keeps its objects is in <see cref="Storage.StorageSettings"/>.
/// </summary>
public sealed record FacilitySettings
{
    public static FacilitySettings Default { get; } = new();

    public NetworkSettings Network { get; init; } = new();

    public AccessSettings Access { get; init; } = new();

    public ServiceSettings Services { get; init; } = new();

    public SopClassSettings SopClasses { get; init; } = new();

    public TransferSyntaxSettings TransferSyntaxes { get; init; } = new();

    public LoggingSettings Logging { get; init; } = new();
}
