namespace Noctis.EndToEnd.Tests.Harness;

/// <summary>A facility as the portal showed it to whoever created it.</summary>
public sealed record CreatedFacility(Guid Id, string Name, string AETitle, int Port)
{
    public string Path(string page = "") => page.Length == 0 ? $"/f/{Id}" : $"/f/{Id}/{page}";
}
