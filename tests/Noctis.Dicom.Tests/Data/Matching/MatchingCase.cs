using Noctis.Dicom.Data;
using Noctis.Dicom.Data.Matching;

namespace Noctis.Dicom.Tests.Data.Matching;

/// <summary>One key against one data set, as the tables of these tests write them.</summary>
internal static class MatchingCase
{
    /// <summary>A data set in UTF-8 with one attribute; backslashes part values. A null value leaves the attribute out.</summary>
    internal static DicomDataset With(DicomTag tag, string? value)
    {
        var dataset = new DicomDataset().SetString(DicomTag.SpecificCharacterSet, "ISO_IR 192");
        return value is null ? dataset : dataset.SetString(tag, value);
    }

    internal static MatchingKey Key(DicomTag tag, string key, MatchingOptions? options = null) =>
        Assert.Single(MatchingQuery.Compile(With(tag, key), options).Keys);

    internal static bool Matches(string keyword, string key, string? value, MatchingOptions? options = null)
    {
        var tag = DicomTag.Parse(keyword);
        return MatchingQuery.Compile(With(tag, key), options).Matches(With(tag, value));
    }

    internal static MatchingException Refused(DicomDataset identifier, MatchingOptions? options = null) =>
        Assert.Throws<MatchingException>(() => MatchingQuery.Compile(identifier, options));
}
