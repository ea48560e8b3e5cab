namespace Noctis.Archive.Storage;

/// <summary>The file system gives a file one name only (exFAT, some network shares).</summary>
internal sealed class LinksNotSupportedException : IOException
{
    public LinksNotSupportedException()
        : base("The file system has no hard links.")
    {
    }
}
