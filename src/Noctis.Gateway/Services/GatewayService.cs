namespace Noctis.Gateway.Services;

/// <summary>A service that listeners offer, as pages and documentation tell of it.</summary>
/// <param name="Key">By which settings name it, such as C-STORE; kept with them, so never changed.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Sentence">One sentence of what it does.</param>
/// <param name="Group">Under which heading it is listed.</param>
public sealed record GatewayService(string Key, string Title, string Sentence, string Group)
{
    /// <summary>It takes objects from devices, so the settings of SOP classes and transfer syntaxes concern it.</summary>
    public bool TakesObjects { get; init; }
}
