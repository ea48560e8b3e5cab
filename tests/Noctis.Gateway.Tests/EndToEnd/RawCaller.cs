using System.Buffers;
using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using Noctis.Archive.Facilities;
using Noctis.Dicom.Data;
using Noctis.Dicom.Network.Pdus;

namespace Noctis.Gateway.Tests.EndToEnd;

/// <summary>DICOM by hand, for what no honest client does.</summary>
internal static class RawCaller
{
    private const string SOPInstance = "2.25.4711";

    /// <summary>Associates for CT images, in presentation context 1.</summary>
    public static async Task AssociateAsync(this Socket socket, Facility facility)
    {
        var bytes = new ArrayBufferWriter<byte>();
        PduWriter.Write(bytes, new AAssociateRq
        {
            CalledAETitle = facility.AETitle,
            CallingAETitle = facility.AETitle,
            PresentationContexts = [new(1, DicomUID.CTImageStorage.Value, [DicomUID.ImplicitVRLittleEndian.Value])],
            UserInformation = new UserInformation { MaximumLength = 16_384, ImplementationClassUid = "1.2.3" },
        });
        await socket.SendAsync(bytes.WrittenMemory);
        var head = new byte[6];
        await FillAsync(socket, head);
        Assert.Equal((byte)PduType.AAssociateAc, head[0]);
        await FillAsync(socket, new byte[BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(2))]);
    }

    /// <summary>A C-STORE-RQ (PS3.7 9.3.1.1) at once, then the head of a P-DATA-TF of 4,000 bytes, and those byte by byte.</summary>
    public static IEnumerable<byte[]> SlowImage()
    {
        byte[] elements =
        [
            .. Element(0x0002, Uid(DicomUID.CTImageStorage.Value)), .. Element(0x0100, [1, 0]), .. Element(0x0110, [1, 0]),
            .. Element(0x0700, [0, 0]), .. Element(0x0800, [1, 0]), .. Element(0x1000, Uid(SOPInstance)),
        ];
        byte[] command = [.. Element(0x0000, [(byte)elements.Length, (byte)(elements.Length >> 8), 0, 0]), .. elements];
        yield return [.. DataHead(command.Length, control: 0x03), .. command];
        yield return DataHead(4_000, control: 0x02);
        for (var i = 0; i < 4_000; i++)
            yield return [0];
    }

    // PS3.8 9.3.5, Table 9-22 and 9.3.5.1, Table 9-23.
    private static byte[] DataHead(int fragment, byte control)
    {
        var head = new byte[12];
        head[0] = (byte)PduType.PDataTf;
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(2), fragment + 6);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(6), fragment + 2);
        (head[10], head[11]) = (1, control);
        return head;
    }

    private static byte[] Element(ushort element, byte[] value) =>
        [0, 0, (byte)element, (byte)(element >> 8), (byte)value.Length, (byte)(value.Length >> 8), 0, 0, .. value];

    private static byte[] Uid(string value) => Encoding.ASCII.GetBytes(value.Length % 2 == 0 ? value : value + "\0");

    private static async Task FillAsync(Socket socket, byte[] buffer)
    {
        for (var filled = 0; filled < buffer.Length;)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(filled));
            Assert.NotEqual(0, read);
            filled += read;
        }
    }
}
