namespace Noctis.Gateway.Listeners;

/// <summary>What a listener did in a stretch of time.</summary>
/// <param name="Images">Objects stored.</param>
/// <param name="Bytes">Their bytes.</param>
/// <param name="Errors">What broke off, or failed on our side.</param>
/// <param name="Refusals">What was turned away.</param>
internal readonly record struct ListenerFigures(long Images, long Bytes, long Errors, long Refusals)
{
    public static ListenerFigures operator +(ListenerFigures a, ListenerFigures b) => new(a.Images + b.Images, a.Bytes + b.Bytes, a.Errors + b.Errors, a.Refusals + b.Refusals);

    public static ListenerFigures operator -(ListenerFigures a, ListenerFigures b) => new(a.Images - b.Images, a.Bytes - b.Bytes, a.Errors - b.Errors, a.Refusals - b.Refusals);
}
