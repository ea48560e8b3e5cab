using Noctis.Archive.Traffic;

namespace Noctis.Gateway.Traffic;

/// <summary>What one device's day grew by since it was taken last. Thread safe.</summary>
internal sealed class DeviceCell
{
    private int _associations;
    private int _images;
    private long _bytes;

    public void AddAssociation() => Interlocked.Increment(ref _associations);

    public void AddImage(long bytes)
    {
        Interlocked.Increment(ref _images);
        Interlocked.Add(ref _bytes, bytes);
    }

    /// <summary>Moves what was counted to a row, and begins anew.</summary>
    /// <returns>False when there was nothing.</returns>
    public bool TakeTo(DeviceDay row)
    {
        var (associations, images) = (Interlocked.Exchange(ref _associations, 0), Interlocked.Exchange(ref _images, 0));
        var bytes = Interlocked.Exchange(ref _bytes, 0);
        if (associations + images == 0 && bytes == 0)
            return false;
        row.Associations += associations;
        row.Images += images;
        row.Bytes += bytes;
        return true;
    }
}
