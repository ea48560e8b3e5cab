using System.Buffers;
using System.Buffers.Binary;
using Noctis.Dicom.Fuzz.Engine;
using Noctis.Dicom.Fuzz.Seeds;
using Noctis.Dicom.Network.Pdus;

namespace Noctis.Dicom.Fuzz.Targets;

/// <summary>
/// A stream of PDUs. Read whole and in pieces it is the same; <see cref="PduReader"/> and <see cref="PduStreamReader"/> agree; what was
/// read can be written, and is then read as the same bytes.
/// </summary>
public sealed class PduStreamTarget : FuzzTarget
{
    private readonly Log _whole = new();
    private readonly Log _pieces = new();

    public override string Name => "pdu-stream";

    public override int MaxLength => 1024;

    public override IReadOnlyList<byte[]> Tokens => PduTokens.All;

    public override IEnumerable<byte[]> Seeds
    {
        get
        {
            var random = new FuzzRandom(1);
            for (var i = 0; i < 60; i++)
                yield return PduGenerator.Write(PduGenerator.Any(random));
        }
    }

    public override byte[] Generate(FuzzRandom random) =>
        PduGenerator.Write(Enumerable.Range(0, random.Between(1, 4)).Select(_ => PduGenerator.Any(random)));

    /// <summary>The first PDU ends where the input does.</summary>
    public override void Repair(Span<byte> input)
    {
        if (input.Length > PduHeader.Length)
            BinaryPrimitives.WriteUInt32BigEndian(input[2..], (uint)(input.Length - PduHeader.Length));
    }

    public override void Run(ReadOnlyMemory<byte> input, FuzzRandom random, FeatureMap features)
    {
        _whole.Read(new ReadOnlySequence<byte>(input), input.Length);
        _pieces.ReadPieces(input, random);
        _whole.CompareTo(_pieces);
        _whole.Describe(features);
        ReadWithPduReader(input, random);
    }

    private void ReadWithPduReader(ReadOnlyMemory<byte> input, FuzzRandom random)
    {
        var buffer = Segments.Of(input, random);
        var index = 0;
        try
        {
            while (PduReader.TryRead(ref buffer, PduLimits.Default, out var pdu))
            {
                FuzzException.Unless(index < _whole.Pdus.Count, "PduReader read a PDU that PduStreamReader did not.");
                FuzzException.Unless(_whole.Pdus[index++].Type == pdu.Type, "PduReader and PduStreamReader read different PDUs.");
                PduTokens.CheckRoundTrip(pdu);
            }
        }
        catch (PduException exception)
        {
            // Of a P-DATA-TF the one reads a value at a time and the other all of them, so it may be refused earlier here.
            FuzzException.Unless(_whole.Refusal is not null || buffer.FirstSpan[0] == (byte)PduType.PDataTf, $"Only PduReader refuses: {exception.Message}");
        }
    }

    /// <summary>What a <see cref="PduStreamReader"/> has told, with the pieces of each data value put together.</summary>
    private sealed class Log
    {
        private readonly List<(byte Context, bool IsCommand, bool IsLast, int Length, ulong Hash)> _values = [];
        private readonly ArrayBufferWriter<byte> _value = new();

        public List<(PduType Type, string Text)> Pdus { get; } = [];

        public PduException? Refusal { get; private set; }

        public void Read(ReadOnlySequence<byte> input, int length)
        {
            Clear();
            var reader = new PduStreamReader(PduLimits.Default);
            Guard(() =>
            {
                var buffer = input;
                Drain(reader, ref buffer, length);
            });
        }

        public void ReadPieces(ReadOnlyMemory<byte> input, FuzzRandom random)
        {
            Clear();
            var reader = new PduStreamReader(PduLimits.Default);
            var (begin, end) = (0, 0);
            Guard(() =>
            {
                while (end < input.Length)
                {
                    end += Segments.Next(input.Length - end, random);
                    var buffer = Segments.Of(input[begin..end], random);
                    Drain(reader, ref buffer, input.Length);
                    begin = end - (int)buffer.Length;
                }
            });
        }

        public void CompareTo(Log other)
        {
            // The text may say more where more bytes were there to be looked at.
            FuzzException.Unless(Refusal?.Reason == other.Refusal?.Reason, $"Whole: {Refusal?.Message ?? "read"}. In pieces: {other.Refusal?.Message ?? "read"}.");
            FuzzException.Unless(Pdus.SequenceEqual(other.Pdus), "Whole and in pieces there are different PDUs.");
            FuzzException.Unless(_values.SequenceEqual(other._values), "Whole and in pieces there are different data values.");
        }

        public void Describe(FeatureMap features)
        {
            if (Refusal is not null)
                features.NoteRefusal(Refusal);
            features.NoteMagnitude(2, Pdus.Count);
            features.NoteMagnitude(3, _values.Count);
            for (var i = 0; i < Pdus.Count; i++)
                features.Note(4, ((int)Pdus[i].Type << 8) | (i == 0 ? 0 : (int)Pdus[i - 1].Type));
            foreach (var value in _values)
                features.Note(5, ((long)value.Context << 8) | (value.IsCommand ? 2L : 0) | (value.IsLast ? 1L : 0));
        }

        private void Clear()
        {
            Pdus.Clear();
            _values.Clear();
            _value.ResetWrittenCount();
            Refusal = null;
        }

        private void Guard(Action read)
        {
            try
            {
                read();
            }
            catch (PduException exception)
            {
                Refusal = exception;
            }
        }

        private void Drain(PduStreamReader reader, ref ReadOnlySequence<byte> buffer, int length)
        {
            // Each step takes a byte at least, except that an empty value has taken its header before.
            var steps = 0;
            while (reader.TryRead(ref buffer, out var pdu, out var fragment))
            {
                FuzzException.Unless(++steps <= length + 1, "The reader tells more than it has bytes for.");
                if (pdu is not null)
                {
                    FuzzException.Unless(pdu is not PDataTf, "The stream reader gave a P-DATA-TF whole.");
                    Pdus.Add((pdu.Type, PduTokens.Describe(pdu)));
                    continue;
                }

                if (fragment.StartsPdu)
                    Pdus.Add((PduType.PDataTf, ""));
                foreach (var segment in fragment.Data)
                    _value.Write(segment.Span);
                if (!fragment.EndsPdv)
                    continue;
                _values.Add((fragment.ContextId, fragment.IsCommand, fragment.IsLastFragment, _value.WrittenCount, FuzzRandom.SeedOf(_value.WrittenSpan)));
                _value.ResetWrittenCount();
            }
        }
    }
}
