using System.Buffers;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Noctis.Dicom.Data;
using Noctis.Dicom.Data.Matching;
using Noctis.Dicom.Fuzz.Engine;
using Noctis.Dicom.Fuzz.Seeds;
using Noctis.Dicom.Network.Pdus;

namespace Noctis.Dicom.Fuzz.Targets;

/// <summary>What the two targets that talk over real sockets share: all that one side says, as one input.</summary>
internal static class Conversations
{
    private static readonly ushort[] OtherCommands = [0x0021, 0x0020, 0x0010, 0x0FFF, 0x0130, 0x0100, 0x0140, 0x8001, 0x8030];

    /// <summary>1: verification, 3 and 5: CT in explicit and implicit VR, 7 to 11: query and retrieval of studies, 13: storage commitment.</summary>
    public static PresentationContextRq[] Contexts { get; } =
    [
        new(1, DicomUID.Verification.Value, [DicomUID.ImplicitVRLittleEndian.Value]),
        new(3, DicomUID.CTImageStorage.Value, [DicomUID.ExplicitVRLittleEndian.Value]),
        new(5, DicomUID.CTImageStorage.Value, [DicomUID.ImplicitVRLittleEndian.Value]),
        new(7, DicomQueryRetrieveModel.StudyRoot.FindUid, [DicomUID.ExplicitVRLittleEndian.Value]),
        new(9, DicomQueryRetrieveModel.StudyRoot.MoveUid, [DicomUID.ExplicitVRLittleEndian.Value]),
        new(11, DicomQueryRetrieveModel.StudyRoot.GetUid, [DicomUID.ExplicitVRLittleEndian.Value]),
        new(13, DicomUID.StorageCommitmentPushModel.Value, [DicomUID.ExplicitVRLittleEndian.Value]),
    ];

    /// <summary>What a requestor says: a request, messages in order or not, a release or something else.</summary>
    public static byte[] OfRequestor(FuzzRandom random)
    {
        var pdus = new List<Pdu>
        {
            new AAssociateRq { CalledAETitle = "NOCTIS", CallingAETitle = "FUZZ", PresentationContexts = Contexts, UserInformation = User },
        };
        for (var count = random.Below(4); count > 0; count--)
            pdus.AddRange(random.OneIn(8) ? [PduGenerator.Any(random)] : Message(random));
        if (random.Below(4) > 0)
            pdus.Add(random.OneIn(4) ? new AAbort(AbortSource.ServiceUser, AbortReason.NotSpecified) : AReleaseRq.Instance);
        return PduGenerator.Write(pdus);
    }

    /// <summary>What an acceptor says to one that asks for an echo and then releases.</summary>
    public static byte[] OfAcceptor(FuzzRandom random)
    {
        var answers = Contexts.Select(context => new PresentationContextAc(context.Id, PresentationContextResult.Acceptance, context.TransferSyntaxes[0]));
        var pdus = new List<Pdu>
        {
            random.OneIn(8)
                ? PduGenerator.Any(random)
                : new AAssociateAc { CalledAETitle = "NOCTIS", CallingAETitle = "FUZZ", PresentationContexts = [.. answers], UserInformation = User },
        };
        if (random.Below(8) > 0)
            pdus.Add(Command(1, isLast: true, 0x8030, hasDataset: false));
        pdus.Add(random.OneIn(4) ? PduGenerator.Any(random) : AReleaseRp.Instance);
        return PduGenerator.Write(pdus);
    }

    /// <summary>Sends all of it in a few pieces, without caring whether anybody reads.</summary>
    public static async Task SendAsync(Socket socket, ReadOnlyMemory<byte> bytes, FuzzRandom random)
    {
        while (!bytes.IsEmpty)
        {
            var count = random.OneIn(3) ? random.Between(1, bytes.Length) : bytes.Length;
            for (var sent = 0; sent < count;)
                sent += await socket.SendAsync(bytes[sent..count], SocketFlags.None);
            bytes = bytes[count..];
        }
    }

    private static UserInformation User => new()
    {
        MaximumLength = 16384,
        ImplementationClassUid = "1.2.3",
        RoleSelections = [new RoleSelection(DicomUID.CTImageStorage.Value, ScuRole: true, ScpRole: true)],
    };

    private static IEnumerable<Pdu> Message(FuzzRandom random)
    {
        var context = random.Of(Contexts).Id;
        var (field, dataset) = context switch
        {
            1 => ((ushort)0x0030, null),
            3 or 5 => ((ushort)0x0001, random.Bytes(random.Below(100))),
            7 => ((ushort)0x0020, Identifier(random)),
            9 => ((ushort)0x0021, Identifier(random)),
            11 => ((ushort)0x0010, Identifier(random)),
            _ => ((ushort)0x0130, Commitment(random)),
        };
        if (random.OneIn(8))
            field = random.Of(OtherCommands);
        if (random.OneIn(16))
            dataset = dataset is null ? Identifier(random) : null;
        var command = Command(context, isLast: true, field, dataset is not null);
        if (dataset is null)
            return [command];
        var half = random.Below(dataset.Length + 1);
        return
        [
            command, new PDataTf(Value(context, isCommand: false, isLast: false, dataset[..half]), Value(context, isCommand: false, isLast: true, dataset[half..])),
        ];
    }

    private static byte[] Identifier(FuzzRandom random)
    {
        if (random.OneIn(4))
            return DatasetGenerator.Encode(DatasetGenerator.Any(random, isEncapsulated: false), DicomTransferSyntax.ExplicitVRLittleEndian);
        var identifier = new DicomDataset()
            .SetString(DicomTag.QueryRetrieveLevel, random.Of(["STUDY", "SERIES", "IMAGE"]))
            .SetString(DicomTag.StudyInstanceUID, random.Of(["1.2.3", "", "1.2.3\\1.2.4"]))
            .SetString(DicomTag.PatientName, random.Of(["", "P*", "X?"]));
        return DatasetGenerator.Encode(identifier, DicomTransferSyntax.ExplicitVRLittleEndian);
    }

    private static byte[] Commitment(FuzzRandom random)
    {
        var item = new DicomDataset().SetString(DicomTag.ReferencedSOPClassUID, DicomUID.CTImageStorage.Value).SetString(DicomTag.ReferencedSOPInstanceUID, "1.2.3.1");
        var request = new DicomDataset().SetString(DicomTag.TransactionUID, "1.2.3.9");
        if (random.Below(4) > 0)
            request.SetSequence(DicomTag.ReferencedSOPSequence, item);
        return DatasetGenerator.Encode(request, DicomTransferSyntax.ExplicitVRLittleEndian);
    }

    private static PDataTf Command(byte context, bool isLast, ushort field, bool hasDataset)
    {
        var sopClass = Contexts[context / 2].AbstractSyntax;
        var isResponse = (field & 0x8000) != 0;
        var isNormalized = (field & 0x0100) != 0;
        var set = new DicomDataset();
        set.SetString(isNormalized ? DicomTag.RequestedSOPClassUID : DicomTag.AffectedSOPClassUID, sopClass);
        set.SetUInt16(DicomTag.CommandField, field);
        set.SetUInt16(isResponse || field == 0x0FFF ? DicomTag.MessageIDBeingRespondedTo : DicomTag.MessageID, 1);
        set.SetUInt16(DicomTag.CommandDataSetType, hasDataset ? (ushort)0 : (ushort)0x0101);
        if (context is 3 or 5)
            set.SetString(DicomTag.AffectedSOPInstanceUID, "1.2.3.4");
        if (context == 13)
            set.SetString(DicomTag.RequestedSOPInstanceUID, "1.2.840.10008.1.20.1.1").SetUInt16(DicomTag.ActionTypeID, 1);
        if (context == 9)
            set.SetString(DicomTag.MoveDestination, "NOWHERE");
        if (isResponse)
            set.SetUInt16(DicomTag.Status, 0);
        return new PDataTf(Value(context, isCommand: true, isLast, DatasetGenerator.Encode(set, DicomTransferSyntax.ImplicitVRLittleEndian)));
    }

    private static PresentationDataValue Value(byte context, bool isCommand, bool isLast, byte[] bytes) =>
        new(context, isCommand, isLast, new ReadOnlySequence<byte>(bytes));

    /// <summary>Keeps the first error: whatever a peer sends, no failure is ours.</summary>
    internal sealed class ErrorLogger : ILoggerFactory, ILogger
    {
        private string? _error;

        /// <summary>The first error, and then none.</summary>
        public string? Take() => Interlocked.Exchange(ref _error, null);

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel >= LogLevel.Error)
                Interlocked.CompareExchange(ref _error, $"{formatter(state, exception)} {exception}", null);
        }

        public void Dispose()
        {
        }
    }

    /// <summary>A socket that listens on the loopback interface.</summary>
    public static Socket Listen()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Listen(64);
        return socket;
    }
}
