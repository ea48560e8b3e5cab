namespace Noctis.Gateway.Admission;

/// <summary>A registered sender. <paramref name="ExpectedAddress"/> is where it must call from; null for anywhere.</summary>
public sealed record GatewayDevice(long Id, string AETitle, string? ExpectedAddress, bool IsActive);
