namespace Noctis.Portal.Components;

/// <summary>How a status looks everywhere: never by colour alone.</summary>
internal static class StatusLook
{
    public static string ClassOf(StatusKind kind) => kind switch
    {
        StatusKind.Ok => "ok",
        StatusKind.Warn => "warn",
        StatusKind.Bad => "bad",
        StatusKind.Active => "acc",
        _ => "idle",
    };

    public static string IconOf(StatusKind kind) => kind switch
    {
        StatusKind.Ok => "check",
        StatusKind.Warn => "alert",
        StatusKind.Bad => "x",
        StatusKind.Active => "circle",
        _ => "minus",
    };
}
