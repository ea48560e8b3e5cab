namespace Noctis.Dicom.Data.Matching;

/// <summary>
/// An identifier of C-FIND, understood (PS3.4 C.2.2.2): a tree of keys that can be asked whether a data set matches, or be
/// translated into another language of queries.
/// </summary>
/// <remarks>
/// The identifier must not change afterwards. Immutable; safe on any thread. What is matched at which level, and which
/// attributes must be there, is the information model's matter: <see cref="DicomQueryRetrieveModel"/>.
/// </remarks>
public sealed class MatchingQuery
{
    private MatchingQuery(DicomDataset identifier, IReadOnlyList<MatchingKey> keys)
    {
        Identifier = identifier;
        Keys = keys;
        UnsupportedKeys = [.. keys.SelectMany(Unsupported)];
    }

    /// <summary>The keys, in order of their tags. A data set matches when all of them do.</summary>
    public IReadOnlyList<MatchingKey> Keys { get; }

    /// <summary>Keys whose values are passed over, those of items included: an answer's status is then FF01, not FF00 (PS3.4 C.4.1.1.4).</summary>
    public IReadOnlyList<UnsupportedKey> UnsupportedKeys { get; }

    /// <summary>What was compiled.</summary>
    internal DicomDataset Identifier { get; }

    /// <summary>
    /// Understands an identifier. What says how it is to be read is no key: Specific Character Set (0008,0005),
    /// Query/Retrieve Level (0008,0052) and View (0008,0053), Timezone Offset From UTC (0008,0201), group lengths and Private
    /// Creators.
    /// </summary>
    /// <exception cref="MatchingException">A key has no meaning, or there is more than the options allow.</exception>
    public static MatchingQuery Compile(DicomDataset identifier, MatchingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        return new MatchingQuery(identifier, new KeyCompiler(options ?? MatchingOptions.Default).Compile(identifier));
    }

    /// <summary>The key of this attribute; null when there is none. The time of a <see cref="CombinedRangeKey"/> finds that.</summary>
    public MatchingKey? Find(DicomTag tag)
    {
        foreach (var key in Keys)
        {
            if (key.Tag == tag || (key is CombinedRangeKey combined && combined.TimeTag == tag))
                return key;
        }

        return null;
    }

    /// <summary>Whether a data set matches all keys.</summary>
    public bool Matches(DicomDataset candidate)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        foreach (var key in Keys)
        {
            if (!key.Matches(candidate))
                return false;
        }

        return true;
    }

    internal static bool IsNoKey(DicomTag tag) => tag.IsGroupLength || tag.IsPrivateCreator
        || tag == DicomTag.SpecificCharacterSet || tag == DicomTag.QueryRetrieveLevel
        || tag == DicomTag.QueryRetrieveView || tag == DicomTag.TimezoneOffsetFromUTC;

    private static IEnumerable<UnsupportedKey> Unsupported(MatchingKey key) => key switch
    {
        UnsupportedKey unsupported => [unsupported],
        SequenceKey sequence => sequence.Keys.SelectMany(Unsupported),
        _ => [],
    };
}
