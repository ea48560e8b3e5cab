using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Database;

namespace Noctis.Archive.Studies;

/// <summary>Turns a <see cref="StudySearch"/> into a query over the folded columns, which match alike on every database.</summary>
internal static class StudyFilter
{
    private const string Escape = "!";
    private const int MostWords = 8;

    public static IQueryable<Study> Apply(NoctisDbContext context, StudySearch search)
    {
        IQueryable<Study> studies = context.Set<Study>();
        foreach (string word in Words(search.Text))
        {
            string pattern = "%" + Escaped(word) + "%";
            studies = studies.Where(study => EF.Functions.Like(study.SearchText, pattern, Escape));
        }

        foreach (string word in Words(search.PatientName))
        {
            string pattern = "%" + Escaped(word) + "%";
            studies = studies.Where(study => EF.Functions.Like(study.PatientNameFolded, pattern, Escape));
        }

        if (SearchText.Fold(search.PatientId) is { Length: > 0 } patientId)
        {
            string pattern = Escaped(patientId) + "%";
            studies = studies.Where(study => EF.Functions.Like(study.PatientIDFolded, pattern, Escape));
        }

        if (SearchText.Fold(search.AccessionNumber) is { Length: > 0 } accession)
        {
            string pattern = Escaped(accession) + "%";
            studies = studies.Where(study => EF.Functions.Like(study.AccessionNumberFolded, pattern, Escape));
        }

        if (search.DateFrom is { } from) studies = studies.Where(study => study.StudyDate >= from);
        if (search.DateTo is { } to) studies = studies.Where(study => study.StudyDate <= to);
        if (search.ArrivedFromUtc is { } arrivedFrom) studies = studies.Where(study => study.FirstReceivedUtc >= arrivedFrom);
        if (search.ArrivedBeforeUtc is { } arrivedBefore) studies = studies.Where(study => study.FirstReceivedUtc < arrivedBefore);
        if (search.Modalities.Count > 0)
        {
            string[] modalities = [.. search.Modalities.Select(modality => modality.Trim().ToUpperInvariant())];
            IQueryable<Series> series = context.Set<Series>();
            studies = studies.Where(study => series.Any(one => one.FacilityId == study.FacilityId && one.StudyId == study.Id && modalities.Contains(one.Modality!)));
        }

        if (!string.IsNullOrWhiteSpace(search.SourceAETitle))
        {
            string source = search.SourceAETitle.Trim();
            studies = studies.Where(study => study.SourceAETitle == source);
        }

        return studies;
    }

    /// <summary>"Müller, Anna" and "muller^anna" are the words MULLER and ANNA.</summary>
    private static IEnumerable<string> Words(string? text) =>
        SearchText.Fold(text).Split([' ', ',', '^', '='], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct().Take(MostWords);

    /// <summary>The signs that LIKE gives a meaning on any of the databases are meant as they stand.</summary>
    private static string Escaped(string text) =>
        text.Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal)
            .Replace("_", "!_", StringComparison.Ordinal).Replace("[", "![", StringComparison.Ordinal);
}
