using System.Buffers;
using Noctis.Dicom.Data;
using Noctis.Dicom.Files;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Internal;
using Noctis.Dicom.Network.Negotiation;
using Noctis.Dicom.Network.Pdus;

namespace Noctis.Dicom.Dimse.Internal;

/// <summary>
/// The messages of one association, both ways (PS3.7 6 to 10): serves the peer's requests, one after the other, and sends our own
/// and awaits their responses. Each side has one operation under way at a time, as negotiated; while we wait for a response the peer
/// may send requests of its own, as the storage part of a C-GET does. A service's failure becomes a status; what ends the association
/// passes through as the exceptions of <see cref="UpperLayerConnection"/>. Not thread safe, except for <see cref="RequestCancel"/>.
/// </summary>
internal sealed partial class DimseExchange : IDimseChannel
{
    private const string IdleText = "The association was silent for {0} seconds between two messages.";

    private readonly UpperLayerConnection _connection;
    private readonly Association _association;
    private readonly DimseExchangeOptions _options;
    private readonly MessageReader _reader;
    private readonly CommandSetWriter _writer = new();
    private readonly ArrayBufferWriter<byte> _output = new(512);
    private readonly ArrayBufferWriter<byte> _dataset = new(512);
    private DatasetSender? _sender;

    /// <summary>A request that arrived while another was being served: the next to be served.</summary>
    private CommandSet? _held;
    private bool _releaseRequested;

    public DimseExchange(UpperLayerConnection connection, Association association, DimseExchangeOptions options)
    {
        _connection = connection;
        _association = association;
        _options = options;
        Services = options.Services;
        _reader = new MessageReader(connection, association, options.DimseTimeout, options.Time);
        _lookForCancel = LookForCancelAsync;
        connection.Interrupted = SendCancelAsync;
    }

    /// <summary>What is served to the peer.</summary>
    public DimseServices Services { get; set; }

    ReadOnlySequence<byte> IDimseChannel.Fragment => _reader.Fragment;

    /// <summary>Serves until the peer asks for release.</summary>
    public async ValueTask RunAsync()
    {
        while (!_releaseRequested && await NextCommandAsync(_options.IdleTimeout, IdleText) is { } command)
        {
            if (command.IsResponse)
                throw new PduException(AbortReason.UnexpectedPduParameter, $"The peer sent {command.Field} though nothing was asked of it.");

            // PS3.7 9.3.2.3: a C-CANCEL-RQ that comes after the last response has no effect, and no response.
            if (command.Field != CommandField.CCancelRequest)
                await ServeAsync(command);
            if (_held is null)
                await DiscardDatasetAsync();
        }
    }

    ValueTask<bool> IDimseChannel.ReadDatasetAsync(CancellationToken cancellationToken) =>
        _held is null ? _reader.ReadDatasetAsync() : ValueTask.FromResult(false);

    ValueTask<T> IDimseChannel.WatchAsync<T>(ValueTask<T> work) => _connection.WatchAsync(work, _lookForCancel);

    ValueTask IDimseChannel.LookForCancelAsync() => LookForCancelAsync();

    ValueTask IDimseChannel.SendAsync(PresentationContext context, DimseMessage message, CancellationToken cancellationToken)
    {
        ((IDimseChannel)this).Queue(context, message);
        return ((IDimseChannel)this).FlushAsync();
    }

    int IDimseChannel.Queue(PresentationContext context, DimseMessage message)
    {
        // The data set first, so that one that cannot be written leaves nothing behind. Command, data set and all then go out as one buffer in
        // one call: in one segment, mostly, and never waiting for an acknowledgement between two.
        _dataset.ResetWrittenCount();
        if (message.Dataset is { } dataset)
            DicomWriter.WriteDataset(_dataset, dataset, SyntaxOf(context));
        _association.Framing.Write(_output, context.Id, isCommand: true, isLast: true, _writer.Write(message));
        if (message.Dataset is not null)
            _association.Framing.Write(_output, context.Id, isCommand: false, isLast: true, _dataset.WrittenSpan);

        return _output.WrittenCount;
    }

    async ValueTask IDimseChannel.FlushAsync()
    {
        if (_output.WrittenCount == 0)
            return;
        await _connection.SendDataAsync(_output.WrittenMemory, _options.NetworkTimeout);
        _output.ResetWrittenCount();
    }

    private static DicomTransferSyntax SyntaxOf(PresentationContext context) => DicomTransferSyntax.Lookup(context.TransferSyntax)
        ?? throw new InvalidOperationException($"Transfer syntax {context.TransferSyntax} of presentation context {context.Id} cannot be written.");

    private async ValueTask<CommandSet?> NextCommandAsync(TimeSpan patience, string impatience)
    {
        if (_held is { } held)
        {
            _held = null;
            return held;
        }

        var command = await _reader.ReadCommandAsync(patience, impatience);
        _releaseRequested |= command is null;
        return command;
    }

    private async ValueTask DiscardDatasetAsync()
    {
        while (await _reader.ReadDatasetAsync())
        {
        }
    }
}
