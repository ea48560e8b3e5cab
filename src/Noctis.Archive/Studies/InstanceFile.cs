namespace Noctis.Archive.Studies;

/// <summary>An object opened for reading. It stays readable to its end even if the object is replaced or removed meanwhile.</summary>
/// <param name="Instance">Its row.</param>
/// <param name="Content">A Part 10 file; to be disposed of.</param>
public sealed record InstanceFile(Instance Instance, FileStream Content) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Content.DisposeAsync();
}
