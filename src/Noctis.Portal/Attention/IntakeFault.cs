namespace Noctis.Portal.Attention;

/// <summary>Why this server takes no image at the moment.</summary>
/// <param name="Verdict">In half a line: "Not receiving: the database does not answer."</param>
/// <param name="Title">The same as something that needs attention.</param>
/// <param name="Text">What it means, and what to do.</param>
/// <param name="SinceUtc">Since when; null where that is not known.</param>
/// <param name="AdministratorHref">Where administrators find more; null where there is nothing to open.</param>
public sealed record IntakeFault(string Verdict, string Title, string Text, DateTime? SinceUtc, string? AdministratorHref);
