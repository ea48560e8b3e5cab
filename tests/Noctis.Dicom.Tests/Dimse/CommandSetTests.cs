using Noctis.Dicom.Data;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Dimse.Messages;
using Noctis.Dicom.Network.Negotiation;
using Noctis.Dicom.Network.Pdus;

namespace Noctis.Dicom.Tests.Dimse;

public class CommandSetTests
{
    // (0000,0000) group length 56 | (0000,0002) 1.2.840.10008.1.1 | (0000,0100) C-ECHO-RQ | (0000,0110) message 5 | (0000,0800) no data set
    private static readonly byte[] EchoRequest = Convert.FromHexString(
        "00000000" + "04000000" + "38000000"
        + "00000200" + "12000000" + "312E322E3834302E31303030382E312E3100"
        + "00000001" + "02000000" + "3000"
        + "00001001" + "02000000" + "0500"
        + "00000008" + "02000000" + "0101");

    [Fact]
    public void Write_EchoRequest_IsTheGoldenBytes() =>
        Assert.Equal(EchoRequest, new CommandSetWriter().Write(new CEchoRequest { MessageID = 5 }).ToArray());

    [Fact]
    public void Write_Twice_LeavesNothingOfTheFirst()
    {
        var writer = new CommandSetWriter();
        writer.Write(new CEchoResponse { MessageIDBeingRespondedTo = 1, Status = DicomStatus.ProcessingFailure, ErrorComment = new string('x', 64) });

        Assert.Equal(EchoRequest, writer.Write(new CEchoRequest { MessageID = 5 }).ToArray());
    }

    [Fact]
    public void Read_EchoRequest_FindsEveryField()
    {
        var command = CommandSet.Read(EchoRequest);

        Assert.Equal(CommandField.CEchoRequest, command.Field);
        Assert.False(command.HasDataset);
        Assert.False(command.IsResponse);
        Assert.Equal((ushort)5, command.MessageID);
        Assert.Null(command.MessageIDBeingRespondedTo);
        Assert.Equal("1.2.840.10008.1.1", command.SOPClassUID);
        Assert.Null(command.SOPInstanceUID);
        Assert.True(command.Contains(DicomTag.MessageID));
        Assert.False(command.Contains(DicomTag.Status));
        Assert.False(command.Contains(new DicomTag(0x0010, 0x0110)));
    }

    [Fact]
    public void Read_CutAtEveryByte_EitherThrowsOrLacksAField()
    {
        for (var length = 0; length < EchoRequest.Length; length++)
            Assert.Throws<PduException>(() => CommandSet.Read(EchoRequest.AsMemory(0, length)));
    }

    [Fact]
    public void Read_GroupLengthIsWrong_IsNotMinded()
    {
        var bytes = (byte[])EchoRequest.Clone();
        bytes[8] = 0xFF;

        Assert.Equal((ushort)5, CommandSet.Read(bytes).MessageID);
    }

    [Theory]
    [InlineData(0x7FFFFFFFu)]
    [InlineData(0xFFFFFFFFu)]
    [InlineData(0x80000000u)]
    public void Read_LengthBeyondTheEnd_Throws(uint length)
    {
        var bytes = (byte[])EchoRequest.Clone();
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(bytes.Length - 6), length);

        Assert.Equal(AbortReason.InvalidPduParameterValue, Assert.Throws<PduException>(() => CommandSet.Read(bytes)).Reason);
    }

    [Fact]
    public void Read_StoreRequestAsWritten_FindsEveryField()
    {
        var request = new CStoreRequest
        {
            PresentationContext = new PresentationContext
            {
                Id = 1,
                AbstractSyntax = "1.2.840.10008.5.1.4.1.1.2",
                ProposedTransferSyntaxes = ["1.2.840.10008.1.2"],
                Result = PresentationContextResult.Acceptance,
                TransferSyntax = "1.2.840.10008.1.2",
            },
            MessageID = 65535,
            AffectedSOPClassUID = "1.2.840.10008.5.1.4.1.1.2",
            AffectedSOPInstanceUID = "1.2.3",
            Priority = Priority.Low,
            MoveOriginatorApplicationEntityTitle = "MOVER",
            MoveOriginatorMessageID = 3,
        };

        var command = CommandSet.Read(new CommandSetWriter().Write(request).ToArray());

        Assert.Equal(CommandField.CStoreRequest, command.Field);
        Assert.True(command.HasDataset);
        Assert.Equal((ushort)65535, command.MessageID);
        Assert.Equal("1.2.3", command.SOPInstanceUID);
        Assert.Equal((ushort)Priority.Low, command.GetUInt16(DicomTag.Priority));
        Assert.Equal("MOVER", command.GetString(DicomTag.MoveOriginatorApplicationEntityTitle));
        Assert.Equal((ushort)3, command.GetUInt16(DicomTag.MoveOriginatorMessageID));
    }

    [Fact]
    public void Write_AnyMessage_HasElementsInTheOrderOfTheirTagsAndARightGroupLength()
    {
        var response = new CStoreResponse
        {
            MessageIDBeingRespondedTo = 1,
            AffectedSOPClassUID = "1.2.3",
            AffectedSOPInstanceUID = "1.2.3.4",
            Status = DicomStatus.OutOfResources,
            ErrorComment = "full",
        };

        var bytes = new CommandSetWriter().Write(response);

        Assert.Equal(bytes.Length - 12, System.Buffers.Binary.BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]));
        var last = -1;
        while (!bytes.IsEmpty)
        {
            var element = System.Buffers.Binary.BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]);
            var length = System.Buffers.Binary.BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]);
            Assert.True(element > last);
            Assert.Equal(0, length % 2);
            last = element;
            bytes = bytes[(8 + length)..];
        }
    }
}
