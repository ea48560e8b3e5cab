namespace Noctis.Dicom.Network.Pdus;

/// <summary>Writes the user information item (PS3.8 9.3.2.3, Table 9-16). The offset tables stand at the sub-items' types.</summary>
internal static class UserInformationWriter
{
    public static void Write(ItemWriter writer, UserInformation user)
    {
        var item = writer.BeginItem(ItemType.UserInformation);
        var start = writer.BeginItem(ItemType.MaximumLength);
        writer.WriteUInt32(user.MaximumLength);
        writer.EndCounted(start);

        if (user.ImplementationClassUid is { } classUid)
            writer.WriteTextItem(ItemType.ImplementationClassUid, classUid);

        if (user.AsynchronousOperationsWindow is { } window)
        {
            start = writer.BeginItem(ItemType.AsynchronousOperationsWindow);
            writer.WriteUInt16(window.MaximumInvoked);
            writer.WriteUInt16(window.MaximumPerformed);
            writer.EndCounted(start);
        }

        foreach (var role in user.RoleSelections)
        {
            start = writer.BeginItem(ItemType.RoleSelection);
            writer.WriteCountedText(role.SopClassUid);
            writer.WriteFlag(role.ScuRole);
            writer.WriteFlag(role.ScpRole);
            writer.EndCounted(start);
        }

        if (user.ImplementationVersionName is { } versionName)
            writer.WriteTextItem(ItemType.ImplementationVersionName, versionName);

        foreach (var extended in user.ExtendedNegotiations)
        {
            start = writer.BeginItem(ItemType.SopClassExtendedNegotiation);
            writer.WriteCountedText(extended.SopClassUid);
            writer.WriteBytes(extended.ApplicationInformation.Span);
            writer.EndCounted(start);
        }

        foreach (var common in user.CommonExtendedNegotiations)
            WriteCommonExtended(writer, common);

        if (user.UserIdentity is { } identity)
        {
            start = writer.BeginItem(ItemType.UserIdentityRq);
            writer.WriteByte((byte)identity.IdentityType);
            writer.WriteFlag(identity.PositiveResponseRequested);
            writer.WriteCountedBytes(identity.PrimaryField.Span);
            writer.WriteCountedBytes(identity.SecondaryField.Span);
            writer.EndCounted(start);
        }

        if (user.UserIdentityResponse is { } response)
        {
            start = writer.BeginItem(ItemType.UserIdentityAc);
            writer.WriteCountedBytes(response.ServerResponse.Span);
            writer.EndCounted(start);
        }

        AssociateWriter.WriteUnknown(writer, user.UnknownItems);
        writer.EndCounted(item);
    }

    private static void WriteCommonExtended(ItemWriter writer, SopClassCommonExtendedNegotiation common)
    {
        var start = writer.BeginItem(ItemType.SopClassCommonExtendedNegotiation);
        writer.WriteCountedText(common.SopClassUid);
        writer.WriteCountedText(common.ServiceClassUid);
        var related = writer.BeginCounted();
        foreach (var uid in common.RelatedGeneralSopClassUids)
            writer.WriteCountedText(uid);
        writer.EndCounted(related);
        writer.EndCounted(start);
    }
}
