using System.IO.MemoryMappedFiles;

namespace Noctis.Dicom.Fuzz;

/// <summary>
/// The input under way, in a file that outlives the process: a stack overflow leaves nothing else behind. Written by one thread.
/// </summary>
internal sealed class LastInput : IDisposable
{
    private const int Capacity = 64 * 1024;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte[] _copy = new byte[Capacity];
    private int _length;
    private long _number;

    public LastInput(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.Create, null, Capacity + 4);
        _view = _file.CreateViewAccessor();
    }

    /// <summary>Inputs so far: one that does not change any more is stuck.</summary>
    public long Number => Volatile.Read(ref _number);

    /// <summary>The input, as far as the other thread has got.</summary>
    public byte[] Bytes => _copy[.._length];

    /// <summary>Four bytes of length, little endian, and the input.</summary>
    public void Write(ReadOnlyMemory<byte> input)
    {
        _length = Math.Min(input.Length, Capacity);
        input.Span[.._length].CopyTo(_copy);
        _view.Write(0, _length);
        _view.WriteArray(4, _copy, 0, _length);
        Volatile.Write(ref _number, _number + 1);
    }

    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }
}
