using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Noctis.Dicom.Network.Pdus;

namespace Noctis.Dicom.Tests.Network.Pdus;

/// <summary>Random associate PDUs that can be written.</summary>
internal static class PduGenerators
{
    private static readonly Gen<string> Uid =
        from parts in Gen.NonEmptyListOf(Gen.Choose(0, 99999)).Resize(8)
        select string.Join('.', parts.Select(part => part.ToString(CultureInfo.InvariantCulture)));

    // Spaces at the ends are not significant and would not come back.
    private static readonly Gen<string> Title =
        from length in Gen.Choose(1, 16)
        from letters in Gen.ArrayOf(Gen.Elements("ABCXYZ0189_-.'".ToCharArray()), length)
        select new string(letters);

    private static readonly Gen<ReadOnlyMemory<byte>> Bytes =
        from bytes in Gen.ArrayOf(Gen.Choose(0, 255)).Resize(40)
        select new ReadOnlyMemory<byte>([.. bytes.Select(value => (byte)value)]);

    private static readonly Gen<bool> Flag = Gen.Elements(true, false);

    private static readonly Gen<ushort> Word = from value in Gen.Choose(0, 65535) select (ushort)value;

    private static readonly Gen<RoleSelection> Role =
        from uid in Uid from scu in Flag from scp in Flag select new RoleSelection(uid, scu, scp);

    private static readonly Gen<SopClassExtendedNegotiation> Extended =
        from uid in Uid from bytes in Bytes select new SopClassExtendedNegotiation(uid, bytes);

    private static readonly Gen<SopClassCommonExtendedNegotiation> Common =
        from uid in Uid
        from service in Uid
        from related in Gen.ListOf(Uid).Resize(4)
        select new SopClassCommonExtendedNegotiation(uid, service, [.. related]);

    private static readonly Gen<UserIdentityRq> Identity =
        from type in Gen.Choose(1, 5)
        from response in Flag
        from primary in Bytes
        from secondary in Bytes
        select new UserIdentityRq((UserIdentityType)type, response, primary, secondary);

    // 60H to EFH is assigned to nothing.
    private static readonly Gen<UnknownItem> Unknown =
        from type in Gen.Choose(0x60, 0xEF) from bytes in Bytes select new UnknownItem((byte)type, bytes);

    private static readonly Gen<UserInformation> User =
        from maximum in Gen.Choose(0, int.MaxValue)
        from classUid in Gen.OrNull(Uid)
        from version in Gen.OrNull(Title)
        from hasWindow in Flag
        from invoked in Word
        from performed in Word
        from roles in Gen.ListOf(Role).Resize(5)
        from extended in Gen.ListOf(Extended).Resize(5)
        from common in Gen.ListOf(Common).Resize(5)
        from identity in Gen.OrNull(Identity)
        from unknown in Gen.ListOf(Unknown).Resize(3)
        select new UserInformation
        {
            MaximumLength = (uint)maximum * 2,
            ImplementationClassUid = classUid,
            ImplementationVersionName = version,
            AsynchronousOperationsWindow = hasWindow ? new AsynchronousOperationsWindow(invoked, performed) : null,
            RoleSelections = [.. roles],
            ExtendedNegotiations = [.. extended],
            CommonExtendedNegotiations = [.. common],
            UserIdentity = identity,
            UserIdentityResponse = identity is null ? null : new UserIdentityAc(identity.PrimaryField),
            UnknownItems = [.. unknown],
        };

    public static readonly Gen<Pdu> Rq =
        from version in Word
        from called in Title
        from calling in Title
        from context in Uid
        from contexts in Gen.ListOf(
            from uid in Uid from syntaxes in Gen.ListOf(Uid).Resize(5) select (Uid: uid, Syntaxes: syntaxes)).Resize(20)
        from user in User
        from unknown in Gen.ListOf(Unknown).Resize(3)
        select (Pdu)new AAssociateRq
        {
            ProtocolVersion = version,
            CalledAETitle = called,
            CallingAETitle = calling,
            ApplicationContextName = context,
            PresentationContexts = [.. contexts.Select((c, i) => new PresentationContextRq((byte)((i * 2) + 1), c.Uid, [.. c.Syntaxes]))],
            UserInformation = user,
            UnknownItems = [.. unknown],
        };

    public static readonly Gen<Pdu> Ac =
        from called in Title
        from calling in Title
        from context in Uid
        from contexts in Gen.ListOf(from uid in Uid from result in Gen.Choose(0, 255) select (Uid: uid, Result: result)).Resize(20)
        from user in User
        from unknown in Gen.ListOf(Unknown).Resize(3)
        select (Pdu)new AAssociateAc
        {
            CalledAETitle = called,
            CallingAETitle = calling,
            ApplicationContextName = context,
            PresentationContexts =
                [.. contexts.Select((c, i) => new PresentationContextAc((byte)((i * 2) + 1), (PresentationContextResult)c.Result, c.Uid))],
            UserInformation = user,
            UnknownItems = [.. unknown],
        };
}
