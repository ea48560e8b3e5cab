namespace Noctis.Archive.Database;

/// <summary>The database cannot be used as configured; the message says what to change.</summary>
public sealed class DatabaseStartupException(string message, Exception? innerException = null) : Exception(message, innerException);
