namespace Noctis.Dicom.Network.Pdus;

/// <summary>
/// Reads the bodies of A-ASSOCIATE-RQ and -AC (PS3.8 9.3.2, Table 9-11; 9.3.3, Table 9-17). The offset tables stand at
/// <see cref="AAssociateRq"/>, <see cref="AAssociateAc"/> and at each item's type.
/// </summary>
internal static class AssociateReader
{
    /// <summary>PS3.8 9.3.2.2: ids are odd integers between 1 and 255, so there are 128.</summary>
    public const int MaxPresentationContexts = 128;

    private const int AddressFieldsLength = 64;

    public static AAssociateRq ReadRq(ReadOnlyMemory<byte> body, PduLimits limits)
    {
        var reader = new ItemReader(body, "A-ASSOCIATE-RQ");
        var version = ReadFixedFields(ref reader, out var addresses);
        var budget = new ItemBudget(limits);
        var contexts = new List<PresentationContextRq>();
        var ids = new ContextIds();
        List<UnknownItem>? unknown = null;
        string? applicationContext = null;
        UserInformation? user = null;

        while (!reader.IsAtEnd)
        {
            var type = reader.ReadItem(out var value);
            switch (type)
            {
                case ItemType.ApplicationContext:
                    applicationContext ??= PduText.Decode(value.Span);
                    break;
                case ItemType.PresentationContextRq:
                    contexts.Add(ReadContextRq(value, ref ids, limits, budget));
                    break;
                case ItemType.UserInformation:
                    user ??= UserInformationReader.Read(value, budget);
                    break;
                default:
                    budget.Spend();
                    (unknown ??= []).Add(new UnknownItem(type, value));
                    break;
            }
        }

        return new AAssociateRq
        {
            ProtocolVersion = version,
            CalledAETitle = PduText.Decode(addresses.Span[..PduText.AETitleLength]),
            CallingAETitle = PduText.Decode(addresses.Span.Slice(PduText.AETitleLength, PduText.AETitleLength)),
            ApplicationContextName = applicationContext ?? "",
            PresentationContexts = contexts,
            UserInformation = user ?? new UserInformation(),
            UnknownItems = unknown ?? [],
            AddressFields = addresses,
        };
    }

    public static AAssociateAc ReadAc(ReadOnlyMemory<byte> body, PduLimits limits)
    {
        var reader = new ItemReader(body, "A-ASSOCIATE-AC");
        var version = ReadFixedFields(ref reader, out var addresses);
        var budget = new ItemBudget(limits);
        var contexts = new List<PresentationContextAc>();
        var ids = new ContextIds();
        List<UnknownItem>? unknown = null;
        string? applicationContext = null;
        UserInformation? user = null;

        while (!reader.IsAtEnd)
        {
            var type = reader.ReadItem(out var value);
            switch (type)
            {
                case ItemType.ApplicationContext:
                    applicationContext ??= PduText.Decode(value.Span);
                    break;
                case ItemType.PresentationContextAc:
                    contexts.Add(ReadContextAc(value, ref ids, budget));
                    break;
                case ItemType.UserInformation:
                    user ??= UserInformationReader.Read(value, budget);
                    break;
                default:
                    budget.Spend();
                    (unknown ??= []).Add(new UnknownItem(type, value));
                    break;
            }
        }

        return new AAssociateAc
        {
            ProtocolVersion = version,
            CalledAETitle = PduText.Decode(addresses.Span[..PduText.AETitleLength]),
            CallingAETitle = PduText.Decode(addresses.Span.Slice(PduText.AETitleLength, PduText.AETitleLength)),
            ApplicationContextName = applicationContext ?? "",
            PresentationContexts = contexts,
            UserInformation = user ?? new UserInformation(),
            UnknownItems = unknown ?? [],
            AddressFields = addresses,
        };
    }

    // Bytes 7-74: protocol version, reserved, called and calling AE title and 32 reserved bytes.
    private static ushort ReadFixedFields(ref ItemReader reader, out ReadOnlyMemory<byte> addresses)
    {
        var version = reader.ReadUInt16();
        reader.Skip(2);
        addresses = reader.Take(AddressFieldsLength);
        return version;
    }

    // PS3.8 9.3.2.2, Table 9-13: id, 3 reserved bytes, one abstract syntax, one or more transfer syntaxes.
    private static PresentationContextRq ReadContextRq(ReadOnlyMemory<byte> item, ref ContextIds ids, PduLimits limits, ItemBudget budget)
    {
        var reader = new ItemReader(item, "Presentation context");
        var id = ids.Claim(reader.ReadByte());
        reader.Skip(3);
        string? abstractSyntax = null;
        var transferSyntaxes = new List<string>();
        while (!reader.IsAtEnd)
        {
            switch (reader.ReadItem(out var value))
            {
                case ItemType.AbstractSyntax:
                    abstractSyntax ??= PduText.Decode(value.Span);
                    break;
                case ItemType.TransferSyntax:
                    if (transferSyntaxes.Count == limits.MaxTransferSyntaxes)
                        throw Invalid($"Presentation context {id} proposes more than {limits.MaxTransferSyntaxes} transfer syntaxes.");
                    transferSyntaxes.Add(PduText.Decode(value.Span));
                    break;
                default:
                    budget.Spend();
                    break;
            }
        }

        return new PresentationContextRq(id, abstractSyntax ?? throw Invalid($"Presentation context {id} names no abstract syntax."), transferSyntaxes);
    }

    // PS3.8 9.3.3.2, Table 9-18: id, reserved, result, reserved, one transfer syntax that counts only with result 0.
    private static PresentationContextAc ReadContextAc(ReadOnlyMemory<byte> item, ref ContextIds ids, ItemBudget budget)
    {
        var reader = new ItemReader(item, "Presentation context");
        var id = ids.Claim(reader.ReadByte());
        reader.Skip(1);
        var result = (PresentationContextResult)reader.ReadByte();
        reader.Skip(1);
        string? transferSyntax = null;
        while (!reader.IsAtEnd)
        {
            if (reader.ReadItem(out var value) == ItemType.TransferSyntax)
                transferSyntax ??= PduText.Decode(value.Span);
            else
                budget.Spend();
        }

        if (result == PresentationContextResult.Acceptance && transferSyntax is null)
            throw Invalid($"Presentation context {id} is accepted without a transfer syntax.");
        return new PresentationContextAc(id, result, transferSyntax ?? "");
    }

    private static PduException Invalid(string message) => new(AbortReason.InvalidPduParameterValue, message);

    /// <summary>The ids that stand in a PDU: odd, each once, hence 128 at most.</summary>
    private struct ContextIds
    {
        private UInt128 _seen;

        public byte Claim(byte id)
        {
            if ((id & 1) == 0)
                throw Invalid($"Presentation context id {id} is not odd.");
            var bit = UInt128.One << (id >> 1);
            if ((_seen & bit) != 0)
                throw Invalid($"Presentation context id {id} stands twice in one PDU.");
            _seen |= bit;
            return id;
        }
    }
}
