using System.Buffers;

namespace Noctis.Dicom.Dimse.Internal;

/// <summary>Reads a data set that is small by nature, an identifier or a list of attributes, into memory.</summary>
internal static class HeldDataset
{
    /// <summary>4 MiB: a list of sixty thousand UIDs, and far more than any identifier in use.</summary>
    public const int DefaultMaxLength = 4 * 1024 * 1024;

    /// <summary>Reads what is left of the present data set.</summary>
    /// <returns>Its bytes; null when it is longer than allowed: then it has been read to its end and discarded.</returns>
    public static async ValueTask<byte[]?> ReadAsync(IDimseChannel channel, int maxLength, CancellationToken cancellationToken)
    {
        var bytes = new ArrayBufferWriter<byte>();
        var isTooLong = false;
        while (await channel.ReadDatasetAsync(cancellationToken))
        {
            var fragment = channel.Fragment;
            isTooLong = isTooLong || bytes.WrittenCount + fragment.Length > maxLength;
            if (isTooLong)
                continue;
            foreach (var segment in fragment)
                bytes.Write(segment.Span);
        }

        return isTooLong ? null : bytes.WrittenSpan.ToArray();
    }
}
