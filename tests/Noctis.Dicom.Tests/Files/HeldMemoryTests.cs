using Noctis.Dicom.Data;
using Noctis.Dicom.Files;
using Noctis.Dicom.Tests.Network;

namespace Noctis.Dicom.Tests.Files;

/// <summary>
/// That what a data set is charged for is what it really takes: made of the smallest parts there are, up to the limit. Measured, so
/// nothing else may run beside it.
/// </summary>
[Collection(nameof(ResourceTests))]
public sealed class HeldMemoryTests
{
    private const int Limit = 4 * 1024 * 1024;

    /// <summary>What repeats, in implicit VR little endian, and what it stands in. "ee ee" is counted up.</summary>
    public static TheoryData<string, string, string> Smallest => new()
    {
        { "empty elements", "", "09 00 ee ee 00 00 00 00" },
        { "elements of one byte", "", "09 00 ee ee 01 00 00 00 41" },
        { "empty items", "08 00 40 11 FF FF FF FF", "FE FF 00 E0 00 00 00 00" },
        { "items of one empty element", "08 00 40 11 FF FF FF FF", "FE FF 00 E0 08 00 00 00 08 00 50 11 00 00 00 00" },
        { "empty sequences", "", "09 00 ee ee FF FF FF FF FE FF DD E0 00 00 00 00" },
        { "sequences of one empty item", "", "09 00 ee ee FF FF FF FF FE FF 00 E0 00 00 00 00 FE FF DD E0 00 00 00 00" },
        { "empty fragments", "E0 7F 10 00 FF FF FF FF FE FF 00 E0 00 00 00 00", "FE FF 00 E0 00 00 00 00" },
        { "fragments of one byte", "E0 7F 10 00 FF FF FF FF FE FF 00 E0 00 00 00 00", "FE FF 00 E0 01 00 00 00 41" },
    };

    [Theory]
    [MemberData(nameof(Smallest))]
    public void HeaderScanner_SmallestParts_TakeNoMoreThanTheyAreChargedFor(string what, string begin, string part)
    {
        var options = new DicomHeaderScannerOptions
        {
            IsWanted = _ => true,
            StopBefore = new DicomTag(0xFFFF, 0xFFFF),
            MaxHeldBytes = Limit,
            MaxElementCount = int.MaxValue,
        };
        using var scanner = new DicomHeaderScanner(DicomTransferSyntax.ImplicitVRLittleEndian, options);
        scanner.Push(Raw.Bytes(begin));
        var (bytes, number) = (Raw.Bytes(part.Replace("ee ee", "00 00", StringComparison.Ordinal)), part.IndexOf("ee", StringComparison.Ordinal) / 3);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        DicomDataException? refusal = null;
        for (var i = 0x1001; refusal is null; i++)
        {
            // Elements go on in the next odd group when the numbers of one are used up.
            if (number > 0)
                (bytes[0], bytes[number], bytes[number + 1]) = ((byte)(9 + (2 * (i >> 16))), (byte)i, (byte)(i >> 8));
            try
            {
                scanner.Push(bytes);
            }
            catch (DicomDataException exception)
            {
                refusal = exception;
            }
        }

        var taken = GC.GetTotalMemory(forceFullCollection: true) - before;

        Assert.Contains($"more than {Limit} bytes", refusal.Message, StringComparison.Ordinal);
        Assert.True(taken < Limit * 5L / 4, $"{what}: {taken} bytes were taken under a limit of {Limit}.");
        GC.KeepAlive(scanner);
    }
}
