using Noctis.Dicom.Data;
using Noctis.Dicom.Files;
using Noctis.Dicom.Tests.Files;

namespace Noctis.Dicom.Tests.Corpus;

/// <summary>What becomes of each file that breaks the rules: refused with a reason, or read with a tolerance that is documented.</summary>
public sealed class MalformedCorpusTests
{
    private const long MaxAllocated = 64 * 1024 * 1024;

    /// <summary>Part of the message that refuses it; null: it is read.</summary>
    private static readonly Dictionary<string, string?> Outcomes = new()
    {
        ["malformed/bad-sop-instance-uid.dcm"] = null,
        ["malformed/bad-vr-and-number.dcm"] = null,
        ["malformed/empty-sop-uids-group-0001.dcm"] = null,
        ["malformed/implicit-body-declared-explicit.dcm"] = null,
        ["malformed/invalid-utf8-name.dcm"] = null,
        ["malformed/meta-uid-differs-from-data-set.dcm"] = null,
        ["malformed/no-meta-group-length.dcm"] = null,
        ["malformed/no-sop-uids.dcm"] = null,
        ["malformed/odd-length-value.dcm"] = null,
        ["malformed/pixel-data-length-4-gb.dcm"] = "and the data ends after 64 of them. [(7FE0,0010)",
        ["malformed/png-image.dcm"] = "This is not a DICOM file",
        ["malformed/preamble-only.dcm"] = "This is not a DICOM file",
        ["malformed/stray-byte-before-data-set.dcm"] = "This is not a DICOM file",
        ["malformed/text-file.dcm"] = "This is not a DICOM file",
        ["malformed/trailing-garbage.dcm"] = "and the data ends after",
        ["malformed/truncated-in-pixel-data.dcm"] = "The value is 8192 bytes long, and the data ends after",
        ["malformed/truncated-in-sequence.dcm"] = "and the data ends after",
        ["malformed/truncated-meta-header.dcm"] = "The file ends inside its meta group.",
        ["malformed/unterminated-sequence.dcm"] = "is never closed: its delimiter is missing. [(0040,A730)",
        ["malformed/us-value-as-text.dcm"] = null,
        ["malformed/zero-length.dcm"] = "The file is empty.",
    };

    public static TheoryData<string> Malformed => [.. CorpusFolder.Files(f => f.StartsWith("malformed/", StringComparison.Ordinal))];

    [CorpusTheory]
    [MemberData(nameof(Malformed))]
    public void Open_MalformedFile_IsRefusedWithItsReasonOrReadWithATolerance(string name)
    {
        var path = CorpusFolder.FullPath(name);
        Assert.True(Outcomes.TryGetValue(name, out var message), $"{name}: the outcome is not laid down.");

        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Record.Exception(() => DicomFile.Open(path));
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.InRange(allocated, 0, MaxAllocated);
        if (message is null)
        {
            Assert.Null(error);
        }
        else
        {
            Assert.IsType<DicomDataException>(error);
            Assert.Contains(message, error.Message, StringComparison.Ordinal);
        }
    }

    [CorpusTheory]
    [MemberData(nameof(Malformed))]
    public void Open_MalformedFileByteByByte_HasTheSameOutcome(string name)
    {
        var bytes = File.ReadAllBytes(CorpusFolder.FullPath(name));

        var error = Record.Exception(() => DicomFile.Open(new TrickleStream(bytes)));

        Assert.Equal(Outcomes[name] is null ? null : typeof(DicomDataException), error?.GetType());
    }

    [CorpusTheory]
    [MemberData(nameof(Malformed))]
    public void HeaderScanner_MalformedDataInEachSyntax_EndsInNothingButADataException(string name)
    {
        var bytes = File.ReadAllBytes(CorpusFolder.FullPath(name));
        foreach (var syntax in DicomTransferSyntax.All.Where(s => s.IsDatasetEncoding && !s.IsEncapsulated))
        {
            foreach (var start in new[] { 0, 128, 132 })
            {
                var error = Record.Exception(() =>
                {
                    using var scanner = new DicomHeaderScanner(syntax, new DicomHeaderScannerOptions { IsWanted = _ => true, CheckToEnd = true });
                    scanner.Push(bytes.AsSpan(Math.Min(start, bytes.Length)));
                    scanner.Finish();
                });
                Assert.True(error is null or DicomDataException, $"{syntax} from {start}: {error}");
            }
        }
    }
}
