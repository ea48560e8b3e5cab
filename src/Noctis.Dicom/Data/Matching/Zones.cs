namespace Noctis.Dicom.Data.Matching;

/// <summary>Dates and times of one time zone in another (PS3.4 C.2.2.2.1.3).</summary>
internal static class Zones
{
    /// <summary>
    /// The moment of a DA and its TM as clocks of the zone show it; null where the data set does not tell its own zone, or
    /// has no time, so that the day cannot be known.
    /// </summary>
    internal static DateTime? MomentIn(TimeSpan zone, DicomDataset candidate, DicomTag date, DicomTag time)
    {
        if (candidate.GetTime(time) is null || candidate.GetDateTime(date, time) is not { Offset: { } own } moment)
            return null;
        var ticks = moment.Local.Ticks - own.Ticks + zone.Ticks;
        return ticks < 0 || ticks > DateTime.MaxValue.Ticks ? null : new DateTime(ticks);
    }

    /// <summary>The TM that belongs to a DA, or the DA that belongs to a TM: StudyDate and StudyTime, DateOfX and TimeOfX.</summary>
    internal static DicomTag? PartnerOf(DicomTag tag)
    {
        var keyword = DicomDictionary.GetKeyword(tag);
        return Swap("Date", "Time", DicomVR.DA) ?? Swap("Time", "Date", DicomVR.TM);

        DicomTag? Swap(string word, string other, DicomVR vr)
        {
            if (DicomDictionary.GetVR(tag) != vr)
                return null;
            var name = keyword.EndsWith(word, StringComparison.Ordinal) ? keyword[..^word.Length] + other
                : keyword.StartsWith(word, StringComparison.Ordinal) ? other + keyword[word.Length..]
                : null;
            var wanted = vr == DicomVR.DA ? DicomVR.TM : DicomVR.DA;
            return DicomDictionary.Find(name) is { } entry && DicomDictionary.GetVR(entry.Tag) == wanted ? entry.Tag : null;
        }
    }
}
