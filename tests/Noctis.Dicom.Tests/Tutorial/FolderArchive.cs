using System.Runtime.CompilerServices;
using Noctis.Dicom.Data;
using Noctis.Dicom.Data.Matching;
using Noctis.Dicom.Dimse.Messages;
using Noctis.Dicom.Dimse.Services;
using Noctis.Dicom.Files;
using Noctis.Dicom.Network;

namespace Noctis.Dicom.Tests.Tutorial;

// tutorial: archive
internal sealed class FolderArchive(string folder) : IFindProvider, IRetrieveProvider
{
    public async IAsyncEnumerable<CFindMatch> FindAsync(
        CFindRequest request, Association association, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var model = DicomQueryRetrieveModel.OfSOPClass(DicomUID.Parse(request.AffectedSOPClassUID))!;
        var uniqueKeys = model.UniqueKeysTo(model.CheckQuery(request.Dataset!));
        var query = MatchingQuery.Compile(request.Dataset!);
        var told = new HashSet<string>();
        foreach (var file in Directory.EnumerateFiles(folder, "*.dcm"))
        {
            var image = (await DicomFile.OpenAsync(file, DicomReadOptions.WithoutPixelData, cancellationToken)).Dataset;
            if (query.Matches(image) && told.Add(string.Join('/', uniqueKeys.Select(key => image.GetString(key)))))
                yield return new CFindMatch(MatchingAnswer.Build(query, image, uniqueKeys));
        }
    }

    public async ValueTask<IReadOnlyList<RetrievableObject>> FindAsync(
        RetrieveRequest request, Association association, CancellationToken cancellationToken)
    {
        DicomQueryRetrieveModel.OfSOPClass(DicomUID.Parse(request.AffectedSOPClassUID))!.CheckRetrieval(request.Dataset!);
        var query = MatchingQuery.Compile(request.Dataset!);
        var found = new List<RetrievableObject>();
        foreach (var file in Directory.EnumerateFiles(folder, "*.dcm"))
        {
            if (query.Matches((await DicomFile.OpenAsync(file, DicomReadOptions.WithoutPixelData, cancellationToken)).Dataset))
                found.Add(await RetrievableObject.FromFileAsync(file, cancellationToken));
        }

        return found;
    }
}
// tutorial: end
