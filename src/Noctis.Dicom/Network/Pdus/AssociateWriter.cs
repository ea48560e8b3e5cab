namespace Noctis.Dicom.Network.Pdus;

/// <summary>
/// Writes the bodies of A-ASSOCIATE-RQ and -AC (PS3.8 9.3.2, Table 9-11; 9.3.3, Table 9-17). The offset tables stand at
/// <see cref="AAssociateRq"/>, <see cref="AAssociateAc"/> and at each item's type.
/// </summary>
internal static class AssociateWriter
{
    public static ReadOnlySpan<byte> Write(AAssociateRq pdu)
    {
        var writer = new ItemWriter();
        WriteFixedFields(writer, pdu.ProtocolVersion, pdu.CalledAETitle, pdu.CallingAETitle, []);
        WriteApplicationContext(writer, pdu.ApplicationContextName);
        foreach (var context in pdu.PresentationContexts)
        {
            var start = writer.BeginItem(ItemType.PresentationContextRq);
            writer.WriteByte(CheckId(context.Id));
            writer.WriteZeros(3);
            writer.WriteTextItem(ItemType.AbstractSyntax, context.AbstractSyntax);
            foreach (var transferSyntax in context.TransferSyntaxes)
                writer.WriteTextItem(ItemType.TransferSyntax, transferSyntax);
            writer.EndCounted(start);
        }

        UserInformationWriter.Write(writer, pdu.UserInformation);
        WriteUnknown(writer, pdu.UnknownItems);
        return writer.Written;
    }

    public static ReadOnlySpan<byte> Write(AAssociateAc pdu)
    {
        var writer = new ItemWriter();
        WriteFixedFields(writer, pdu.ProtocolVersion, pdu.CalledAETitle, pdu.CallingAETitle, pdu.AddressFields.Span);
        WriteApplicationContext(writer, pdu.ApplicationContextName);
        foreach (var context in pdu.PresentationContexts)
        {
            var start = writer.BeginItem(ItemType.PresentationContextAc);
            writer.WriteByte(CheckId(context.Id));
            writer.WriteByte(0);
            writer.WriteByte((byte)context.Result);
            writer.WriteByte(0);

            // PS3.8 9.3.3.2.1: not significant unless accepted, but the sub-item is there all the same.
            writer.WriteTextItem(ItemType.TransferSyntax, context.TransferSyntax);
            writer.EndCounted(start);
        }

        UserInformationWriter.Write(writer, pdu.UserInformation);
        WriteUnknown(writer, pdu.UnknownItems);
        return writer.Written;
    }

    internal static void WriteUnknown(ItemWriter writer, IReadOnlyList<UnknownItem> items)
    {
        foreach (var item in items)
        {
            var start = writer.BeginItem(item.ItemType);
            writer.WriteBytes(item.Value.Span);
            writer.EndCounted(start);
        }
    }

    private static void WriteFixedFields(ItemWriter writer, ushort version, string called, string calling, ReadOnlySpan<byte> addressFields)
    {
        writer.WriteUInt16(version);
        writer.WriteZeros(2);
        if (!addressFields.IsEmpty)
        {
            writer.WriteBytes(addressFields);
            return;
        }

        writer.WriteAETitle(called);
        writer.WriteAETitle(calling);
        writer.WriteZeros(32);
    }

    private static void WriteApplicationContext(ItemWriter writer, string name)
    {
        if (name.Length > 0)
            writer.WriteTextItem(ItemType.ApplicationContext, name);
    }

    private static byte CheckId(byte id) =>
        (id & 1) == 1 ? id : throw new ArgumentException($"Presentation context id {id} is not odd.");
}
