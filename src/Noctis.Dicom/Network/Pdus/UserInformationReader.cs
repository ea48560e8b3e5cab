namespace Noctis.Dicom.Network.Pdus;

/// <summary>Reads the user information item (PS3.8 9.3.2.3, Table 9-16). The offset tables stand at the sub-items' types.</summary>
internal static class UserInformationReader
{
    public static UserInformation Read(ReadOnlyMemory<byte> item, ItemBudget budget)
    {
        var reader = new ItemReader(item, "User information");
        uint? maximumLength = null;
        string? classUid = null, versionName = null;
        AsynchronousOperationsWindow? window = null;
        UserIdentityRq? identity = null;
        UserIdentityAc? identityResponse = null;
        List<RoleSelection>? roles = null;
        List<SopClassExtendedNegotiation>? extended = null;
        List<SopClassCommonExtendedNegotiation>? common = null;
        List<UnknownItem>? unknown = null;

        while (!reader.IsAtEnd)
        {
            var type = reader.ReadItem(out var value);
            budget.Spend();
            switch (type)
            {
                case ItemType.MaximumLength:
                    maximumLength ??= new ItemReader(value, "Maximum length").ReadUInt32();
                    break;
                case ItemType.ImplementationClassUid:
                    classUid ??= PduText.Decode(value.Span);
                    break;
                case ItemType.ImplementationVersionName:
                    versionName ??= PduText.Decode(value.Span);
                    break;
                case ItemType.AsynchronousOperationsWindow:
                    window ??= ReadWindow(value);
                    break;
                case ItemType.RoleSelection:
                    (roles ??= []).Add(ReadRoleSelection(value));
                    break;
                case ItemType.SopClassExtendedNegotiation:
                    (extended ??= []).Add(ReadExtended(value));
                    break;
                case ItemType.SopClassCommonExtendedNegotiation:
                    (common ??= []).Add(ReadCommonExtended(value, budget));
                    break;
                case ItemType.UserIdentityRq:
                    identity ??= ReadUserIdentityRq(value);
                    break;
                case ItemType.UserIdentityAc:
                    identityResponse ??= new UserIdentityAc(new ItemReader(value, "User identity response").ReadCounted());
                    break;
                default:
                    (unknown ??= []).Add(new UnknownItem(type, value));
                    break;
            }
        }

        return new UserInformation
        {
            MaximumLength = maximumLength ?? 0,
            ImplementationClassUid = classUid,
            ImplementationVersionName = versionName,
            AsynchronousOperationsWindow = window,
            RoleSelections = roles ?? [],
            ExtendedNegotiations = extended ?? [],
            CommonExtendedNegotiations = common ?? [],
            UserIdentity = identity,
            UserIdentityResponse = identityResponse,
            UnknownItems = unknown ?? [],
        };
    }

    private static AsynchronousOperationsWindow ReadWindow(ReadOnlyMemory<byte> value)
    {
        var reader = new ItemReader(value, "Asynchronous operations window");
        return new AsynchronousOperationsWindow(reader.ReadUInt16(), reader.ReadUInt16());
    }

    private static RoleSelection ReadRoleSelection(ReadOnlyMemory<byte> value)
    {
        var reader = new ItemReader(value, "Role selection");
        var uid = PduText.Decode(reader.ReadCounted().Span);
        return new RoleSelection(uid, reader.ReadByte() != 0, reader.ReadByte() != 0);
    }

    private static SopClassExtendedNegotiation ReadExtended(ReadOnlyMemory<byte> value)
    {
        var reader = new ItemReader(value, "SOP class extended negotiation");
        return new SopClassExtendedNegotiation(PduText.Decode(reader.ReadCounted().Span), reader.ReadRest());
    }

    private static SopClassCommonExtendedNegotiation ReadCommonExtended(ReadOnlyMemory<byte> value, ItemBudget budget)
    {
        var reader = new ItemReader(value, "SOP class common extended negotiation");
        var sopClass = PduText.Decode(reader.ReadCounted().Span);
        var serviceClass = PduText.Decode(reader.ReadCounted().Span);

        // Senders of the first edition of the item leave the related classes out altogether.
        if (reader.IsAtEnd)
            return new SopClassCommonExtendedNegotiation(sopClass, serviceClass, []);

        var related = new List<string>();
        var list = new ItemReader(reader.ReadCounted(), "Related general SOP classes");
        while (!list.IsAtEnd)
        {
            budget.Spend();
            related.Add(PduText.Decode(list.ReadCounted().Span));
        }

        return new SopClassCommonExtendedNegotiation(sopClass, serviceClass, related);
    }

    private static UserIdentityRq ReadUserIdentityRq(ReadOnlyMemory<byte> value)
    {
        var reader = new ItemReader(value, "User identity");
        return new UserIdentityRq(
            (UserIdentityType)reader.ReadByte(), reader.ReadByte() != 0, reader.ReadCounted(), reader.ReadCounted());
    }
}
