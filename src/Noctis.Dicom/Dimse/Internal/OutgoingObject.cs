using Noctis.Dicom.Data;
using Noctis.Dicom.Dimse.Messages;
using Noctis.Dicom.Dimse.Services;
using Noctis.Dicom.Files;
using Noctis.Dicom.Network.Negotiation;

namespace Noctis.Dicom.Dimse.Internal;

/// <summary>
/// An object on its way out: the presentation context that it goes in, and its data set, streamed as it is where its own transfer syntax
/// was accepted, else read and written anew.
/// </summary>
internal sealed class OutgoingObject : IAsyncDisposable
{
    private readonly RetrievableObject _source;
    private readonly Stream? _stream;
    private readonly DicomFile? _converted;

    private OutgoingObject(RetrievableObject source, PresentationContext context, Stream? stream, DicomFile? converted)
    {
        _source = source;
        Context = context;
        _stream = stream;
        _converted = converted;
    }

    public PresentationContext Context { get; }

    /// <summary>Opens an object for one of the contexts.</summary>
    /// <exception cref="OutgoingObjectException">None of the contexts fits, or the object cannot be read.</exception>
    public static async Task<OutgoingObject> OpenAsync(
        RetrievableObject source, IEnumerable<PresentationContext> contexts, CancellationToken cancellationToken)
    {
        PresentationContext[] fitting = [.. contexts.Where(context => context.AbstractSyntax == source.SOPClassUID)];
        if (fitting.Length == 0)
            throw new OutgoingObjectException($"The peer did not accept SOP class {DicomUID.Parse(source.SOPClassUID).Name}.");
        try
        {
            var own = Array.Find(fitting, context => context.TransferSyntax == source.TransferSyntaxUID);
            if (own is not null)
                return new OutgoingObject(source, own, await source.OpenDatasetAsync(cancellationToken), null);
            return await ConvertAsync(source, fitting, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or DicomDataException)
        {
            throw new OutgoingObjectException($"The object cannot be sent: {exception.Message}", exception);
        }
    }

    public CStoreRequest ToRequest(ushort messageId, MoveOriginator? originator = null) => new()
    {
        PresentationContext = Context,
        MessageID = messageId,
        AffectedSOPClassUID = _source.SOPClassUID,
        AffectedSOPInstanceUID = _source.SOPInstanceUID,
        MoveOriginatorApplicationEntityTitle = originator?.AETitle,
        MoveOriginatorMessageID = originator?.MessageID,
    };

    public Task WriteAsync(DatasetSender sender, CancellationToken cancellationToken) => _converted is null
        ? sender.CopyFromAsync(_stream!, cancellationToken)
        : DicomWriter.WriteDatasetAsync(sender, _converted.Dataset, _converted.TransferSyntax, null, cancellationToken);

    public ValueTask DisposeAsync() => _stream?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static async Task<OutgoingObject> ConvertAsync(
        RetrievableObject source, IEnumerable<PresentationContext> contexts, CancellationToken cancellationToken)
    {
        var from = DicomTransferSyntax.Lookup(source.TransferSyntaxUID);
        var candidates = contexts
            .Select(context => (Context: context, Syntax: DicomTransferSyntax.Lookup(context.TransferSyntax)))
            .Where(candidate => candidate.Syntax is { IsEncapsulated: false });
        if (from is null || from.IsEncapsulated || candidates.FirstOrDefault() is not { Syntax: { } to } chosen)
            throw new OutgoingObjectException($"The peer did not accept transfer syntax {DicomUID.Parse(source.TransferSyntaxUID).Name}, which it would have to be converted from.");
        await using var stream = await source.OpenDatasetAsync(cancellationToken);
        var dataset = await DicomReader.ReadDatasetAsync(stream, from, null, cancellationToken);
        return new OutgoingObject(source, chosen.Context, null, new DicomFile(dataset, from).WithTransferSyntax(to));
    }
}
