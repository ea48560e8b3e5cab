using System.Globalization;
using Noctis.Gateway.Watching;
using Noctis.Portal.Components;

namespace Noctis.Portal.Connecting;

/// <summary>The live check in words.</summary>
internal static class ConnectionStepText
{
    public static string Name(ConnectionStep step) => step switch
    {
        ConnectionStep.Network => "Network seen",
        ConnectionStep.Association => "Association accepted",
        ConnectionStep.Echo => "Echo answered",
        _ => "First image stored",
    };

    public static string Reached(ConnectionStep step, ConnectionAttempt attempt) => step switch
    {
        ConnectionStep.Network => $"{attempt.RemoteAddress} reached port {attempt.LocalPort.ToString(CultureInfo.InvariantCulture)}",
        ConnectionStep.Association => $"{attempt.CallingAETitle} at {attempt.RemoteAddress} called {attempt.CalledAETitle}",
        ConnectionStep.Echo => Caller(attempt),
        _ => $"{Caller(attempt)}, {SizeText.Count(attempt.Images, "image")} in this association{(attempt.EndedUtc is null ? " so far" : "")}",
    };

    public static string Caller(ConnectionAttempt attempt) => attempt.CallingAETitle.Length == 0
        ? $"from {attempt.RemoteAddress}"
        : $"{attempt.CallingAETitle} at {attempt.RemoteAddress}";

    public static StatusKind KindOf(ConnectionAttempt attempt) => attempt switch
    {
        { Trouble: not null, StoredUtc: null } => StatusKind.Bad,
        { Trouble: not null } => StatusKind.Warn,
        { EndedUtc: null } => StatusKind.Active,
        _ => StatusKind.Ok,
    };

    /// <summary>How an attempt went, in two or three words.</summary>
    public static string Outcome(ConnectionAttempt attempt) => attempt switch
    {
        { StoredUtc: not null, Trouble: not null } => $"{SizeText.Count(attempt.Images, "image")}, then trouble",
        { Trouble.Step: ConnectionStep.Association } => "No association",
        { Trouble.Step: ConnectionStep.Image } => "Image refused",
        { Trouble: not null } => "Broke off",
        { StoredUtc: not null } => SizeText.Count(attempt.Images, "image"),
        { EchoedUtc: not null } => "Echo",
        { AcceptedUtc: not null, EndedUtc: not null } => "Association, nothing sent",
        { AcceptedUtc: not null } => "Association",
        _ => "Connected",
    };
}
