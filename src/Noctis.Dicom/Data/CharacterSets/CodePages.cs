using System.Text;

namespace Noctis.Dicom.Data.CharacterSets;

/// <summary>
/// Encodings of the framework's code pages, taken from the provider itself: nothing is registered for the process.
/// </summary>
internal static class CodePages
{
    internal const int JapaneseEuc = 20932;
    internal const int KoreanUhc = 949;
    internal const int Gbk = 936;
    internal const int Gb18030 = 54936;

    /// <summary>The code page, with U+FFFD or '?' for what it does not have.</summary>
    internal static Encoding Replacing(int codePage) =>
        Get(codePage, new EncoderReplacementFallback("?"), new DecoderReplacementFallback("\uFFFD"));

    /// <summary>The code page, with an <see cref="EncoderFallbackException"/> for what it does not have.</summary>
    internal static Encoding Failing(int codePage) =>
        Get(codePage, EncoderFallback.ExceptionFallback, new DecoderReplacementFallback("\uFFFD"));

    private static Encoding Get(int codePage, EncoderFallback encoder, DecoderFallback decoder) =>
        CodePagesEncodingProvider.Instance.GetEncoding(codePage, encoder, decoder)
        ?? throw new NotSupportedException($"The framework has no code page {codePage}.");
}
