namespace Noctis.Archive.Database;

/// <summary>Code reached for another facility's rows, or had no facility in hand. Always a bug, never a user's mistake.</summary>
public sealed class TenancyException(string message) : InvalidOperationException(message);
