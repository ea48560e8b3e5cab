using Noctis.Dicom.Data;
using Noctis.Dicom.Files;
using Noctis.Dicom.Fuzz.Engine;
using Noctis.Dicom.Fuzz.Targets;
using Noctis.Dicom.Tests.Files;

namespace Noctis.Dicom.Tests.Fuzz;

/// <summary>What the fuzz program has found, each input cut down to what matters.</summary>
public class FindingTests
{
    [Fact]
    public void Writer_GroupLengthOfThreeBytes_IsCountedAnewTheFirstTime()
    {
        // Padded to four bytes it is a group length like any other when it is read again.
        var read = DicomReader.ReadDataset(Raw.Bytes("08 00 00 00 03 00 00 00 C0 27 00 08 00 60 00 02 00 00 00 'CT'"), DicomTransferSyntax.ImplicitVRLittleEndian);

        var written = Samples.Encode(read, DicomTransferSyntax.ImplicitVRLittleEndian);

        Assert.Equal(Raw.Bytes("08 00 00 00 04 00 00 00 0A 00 00 00 08 00 60 00 02 00 00 00 'CT'"), written);
    }

    /// <summary>Inputs that have failed once, by target, as the fuzz program prints them.</summary>
    public static TheoryData<string, string> Inputs => new()
    {
        // The fifth component ended in carets behind which stood padding that was not trimmed.
        { "person-name", "QV5eXl54AF4=" },

        // U+FFFE, which normalization does not take.
        { "matching-text", "GidNKgABAAA3AH8A//8fAAN7PU+0Holf8e+/vpTvvo/vvoDvTZ4krX2PnR3nFuqrvGWWqiU=" },
    };

    [Theory]
    [MemberData(nameof(Inputs))]
    public void Target_InputThatFailedOnce_DoesNotFailAgain(string name, string input)
    {
        var fuzzer = new Fuzzer(FuzzTargets.All().Single(target => target.Name == name), seed: 1);

        fuzzer.RunOne(Convert.FromBase64String(input));

        Assert.Empty(fuzzer.Findings.Select(finding => finding.Reason));
    }
}
