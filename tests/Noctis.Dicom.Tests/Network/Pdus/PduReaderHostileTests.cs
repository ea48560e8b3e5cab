using System.Buffers;
using System.Buffers.Binary;
using Noctis.Dicom.Network.Pdus;

namespace Noctis.Dicom.Tests.Network.Pdus;

/// <summary>What peers send that is broken or mean. Where only a header is sent, the answer must not wait for the body.</summary>
public class PduReaderHostileTests
{
    private const string FixedFields = """
        0001 0000 'CALLED          ' 'CALLING         '
        0000000000000000 0000000000000000 0000000000000000 0000000000000000
        """;

    [Theory]
    [InlineData("01 00 00000000")] // A-ASSOCIATE-RQ of 0 bytes
    [InlineData("01 00 00000043")] // one byte short of its fixed fields
    [InlineData("01 00 00100001")] // one byte above 1 MiB
    [InlineData("01 00 7FFFFFFF")] // 2 GB
    [InlineData("01 00 FFFFFFFF")] // 4 GB
    [InlineData("02 00 80000000")]
    [InlineData("03 00 00000003")]
    [InlineData("03 00 00000005")]
    [InlineData("04 00 00000000")] // P-DATA-TF of 0 bytes
    [InlineData("04 00 00000005")] // too short for a PDV header
    [InlineData("04 00 00040401")] // one byte above 256 KiB and slack
    [InlineData("04 00 7FFFFFFF")]
    [InlineData("04 00 FFFFFFFF")]
    [InlineData("05 00 00000000")]
    [InlineData("06 00 FFFFFFFF")]
    [InlineData("07 00 7FFFFFFF")]
    public void Header_LengthNeverValid_ThrowsBeforeTheBody(string header) =>
        AssertRefused(AbortReason.InvalidPduParameterValue, WireBytes.Parse(header));

    [Theory]
    [InlineData("01 00 00000044")]
    [InlineData("01 00 00100000")] // 1 MiB
    [InlineData("04 00 00000006")]
    [InlineData("04 00 00040400")] // 256 KiB and slack
    public void Header_LengthAtTheLimit_WaitsForTheBody(string header)
    {
        var buffer = new ReadOnlySequence<byte>(WireBytes.Parse(header));

        Assert.False(PduReader.TryRead(ref buffer, PduLimits.Default, out _));
    }

    [Theory]
    [InlineData(0x00, "DICOM")]
    [InlineData(0x08, "DICOM")]
    [InlineData(0xFF, "DICOM")]
    [InlineData(0x16, "TLS")]
    [InlineData('G', "HTTP")]
    public void Header_UnknownType_ThrowsAtTheFirstByte(byte type, string word)
    {
        var exception = AssertRefused(AbortReason.UnrecognizedPdu, [type]);

        Assert.Contains(word, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("00000000 01 02")] // PDV of 0 bytes
    [InlineData("00000001 01 02")] // PDV without message control header
    [InlineData("00000003 01 02")] // one byte beyond the PDU
    [InlineData("FFFFFFFF 01 02")]
    [InlineData("7FFFFFFF 01 02")]
    [InlineData("00000002 02 02")] // even context id
    [InlineData("00000002 00 02")] // context id 0
    [InlineData("00000002 01 02 00")] // a byte after the last PDV
    [InlineData("00000002 01 02 000000")]
    public void PDataTf_BrokenValue_Throws(string body)
    {
        AssertRefused(AbortReason.InvalidPduParameterValue, Pdu(4, body));
        AssertStreamRefused(Pdu(4, body));
    }

    [Theory]
    [InlineData("10")] // item cut in its header
    [InlineData("10 00 00")]
    [InlineData("10 00 0001")] // item longer than the PDU
    [InlineData("50 00 FFFF 51 00 0004 00000000")]
    [InlineData("20 00 0000")] // presentation context without an id
    [InlineData("20 00 0004 01000000")] // without an abstract syntax
    [InlineData("20 00 0009 02000000 30 00 0001 '1'")] // even id
    [InlineData("20 00 0009 01000000 30 00 0002 '1'")] // sub-item longer than its item
    [InlineData("20 00 0009 01000000 30 00 0001 '1'  20 00 0009 01000000 30 00 0001 '1'")] // id twice
    [InlineData("50 00 0007 51 00 0003 000000")] // maximum length of three bytes
    [InlineData("50 00 0006 53 00 0002 0001")]
    [InlineData("50 00 0007 54 00 0003 0001 '1'")] // role selection without roles
    [InlineData("50 00 0006 54 00 0002 FFFF")]
    [InlineData("50 00 0006 56 00 0002 0001")]
    [InlineData("50 00 0008 57 00 0004 0000 0001")]
    [InlineData("50 00 000C 57 00 0008 0000 0000 0002 0001")] // related class longer than the list
    [InlineData("50 00 0008 58 00 0004 01 00 0001")] // user identity without its primary field
    [InlineData("50 00 000A 58 00 0006 01 00 0000 FFFF")]
    [InlineData("50 00 0006 59 00 0002 0001")]
    public void AAssociateRq_BrokenItem_Throws(string items) =>
        AssertRefused(AbortReason.InvalidPduParameterValue, Pdu(1, FixedFields + items));

    [Theory]
    [InlineData("21 00 0004 02 00 00 00")] // even id
    [InlineData("21 00 0004 01 00 00 00")] // accepted without a transfer syntax
    [InlineData("21 00 0003 01 00 00")]
    public void AAssociateAc_BrokenItem_Throws(string items) =>
        AssertRefused(AbortReason.InvalidPduParameterValue, Pdu(2, FixedFields + items));

    [Fact]
    public void AAssociateRq_128Contexts_AreRead()
    {
        var items = string.Concat(Enumerable.Range(0, 128).Select(i => $"20 00 0009 {(i * 2) + 1:X2}000000 30 00 0001 '1'\n"));

        var pdu = PduReaderTests.Read<AAssociateRq>(Pdu(1, FixedFields + items));

        Assert.Equal(128, pdu.PresentationContexts.Count);
        Assert.Equal(255, pdu.PresentationContexts[^1].Id);
    }

    [Fact]
    public void AAssociateRq_MoreTransferSyntaxesThanTheLimit_Throws()
    {
        static string Items(int count) =>
            $"20 00 {9 + (5 * count):X4} 01000000 30 00 0001 '1'" + string.Concat(Enumerable.Repeat("40 00 0001 '2'", count));

        var most = PduReaderTests.Read<AAssociateRq>(Pdu(1, FixedFields + Items(128)));
        Assert.Equal(128, most.PresentationContexts[0].TransferSyntaxes.Count);
        AssertRefused(AbortReason.InvalidPduParameterValue, Pdu(1, FixedFields + Items(129)));
    }

    [Theory]
    [InlineData("60 00 0000", false)] // unknown items
    [InlineData("7F 00 0000", true)] // unknown user information sub-items
    [InlineData("56 00 0002 0000", true)] // extended negotiations
    public void AAssociateRq_MoreItemsThanTheLimit_Throws(string item, bool insideUserInformation)
    {
        byte[] Build(int count)
        {
            var items = string.Concat(Enumerable.Repeat(item, count));
            if (insideUserInformation)
                items = $"50 00 {WireBytes.Parse(items).Length:X4}" + items;
            return Pdu(1, FixedFields + items);
        }

        PduReaderTests.Read<AAssociateRq>(Build(4096));
        AssertRefused(AbortReason.InvalidPduParameterValue, Build(4097));
    }

    [Fact]
    public void AAssociateRq_MoreRelatedClassesThanTheLimit_Throws()
    {
        static byte[] Build(int count) => Pdu(
            1, FixedFields + $"50 00 {10 + (2 * count):X4} 57 00 {6 + (2 * count):X4} 0000 0000 {2 * count:X4}" + string.Concat(Enumerable.Repeat("0000", count)));

        PduReaderTests.Read<AAssociateRq>(Build(4095));
        AssertRefused(AbortReason.InvalidPduParameterValue, Build(4096));
    }

    [Theory]
    [InlineData("'  STORE SCP     '", "STORE SCP")]
    [InlineData("'                '", "")]
    [InlineData("'SIXTEEN_LETTERS_'", "SIXTEEN_LETTERS_")]
    [InlineData("'NULPADDED' 00000000000000", "NULPADDED")]
    [InlineData("'NUL THEN BLANK' 00 20", "NUL THEN BLANK")]
    [InlineData("'A' 0A 'B' 1B '[31m        '", "A\uFFFDB\uFFFD[31m")]
    [InlineData("'M' DC 'NCHEN         '", "M\uFFFDNCHEN")]
    public void AAssociateRq_AETitleOfAnyBytes_IsDecodedAndTrimmed(string field, string expected)
    {
        var pdu = PduReaderTests.Read<AAssociateRq>(Pdu(1, $"""
            0001 0000
            'CALLED          '
            {field}
            0000000000000000 0000000000000000 0000000000000000 0000000000000000
            """));

        Assert.Equal(expected, pdu.CallingAETitle);
    }

    [Fact]
    public void AAssociateRq_UidsWithTrailingNul_AreTrimmed()
    {
        var pdu = PduReaderTests.Read<AAssociateRq>(Pdu(1, FixedFields + """
            10 00 0016 '1.2.840.10008.3.1.1.1' 00
            20 00 0030 01000000
              30 00 0012 '1.2.840.10008.1.1' 00
              40 00 0012 '1.2.840.10008.1.2' 00
            """));

        Assert.Equal("1.2.840.10008.3.1.1.1", pdu.ApplicationContextName);
        Assert.Equal("1.2.840.10008.1.1", pdu.PresentationContexts[0].AbstractSyntax);
        Assert.Equal(["1.2.840.10008.1.2"], pdu.PresentationContexts[0].TransferSyntaxes);
    }

    [Fact]
    public void AAssociateRq_OnlyFixedFields_IsReadForTheNegotiatorToRefuse()
    {
        var pdu = PduReaderTests.Read<AAssociateRq>(Pdu(1, FixedFields));

        Assert.Equal("", pdu.ApplicationContextName);
        Assert.Empty(pdu.PresentationContexts);
        Assert.Equal(0u, pdu.UserInformation.MaximumLength);
        Assert.Null(pdu.UserInformation.ImplementationClassUid);
    }

    [Fact]
    public void UserInformation_SubItemTwice_TheFirstCounts()
    {
        var pdu = PduReaderTests.Read<AAssociateRq>(Pdu(1, FixedFields + "50 00 0010 51 00 0004 00004000 51 00 0004 00000001"));

        Assert.Equal(0x4000u, pdu.UserInformation.MaximumLength);
    }

    [Fact]
    public void UserInformation_CommonExtendedWithoutRelatedClasses_IsRead()
    {
        var pdu = PduReaderTests.Read<AAssociateRq>(Pdu(1, FixedFields + "50 00 000A 57 00 0006 0001 '1' 0001 '2'"));

        var common = Assert.Single(pdu.UserInformation.CommonExtendedNegotiations);
        Assert.Equal(("1", "2"), (common.SopClassUid, common.ServiceClassUid));
        Assert.Empty(common.RelatedGeneralSopClassUids);
    }

    [Fact]
    public void UserIdentity_InText_DoesNotShowTheSecret()
    {
        var user = PduReaderTests.Read<AAssociateRq>(PduSamples.FullRq).UserInformation;

        Assert.Equal("UserIdentityRq { UsernameAndPasscode }", user.UserIdentity!.ToString());
    }

    [Fact]
    public void Limits_ForAnnouncedLength_LeaveSlack()
    {
        Assert.Equal(16384u + 1024, PduLimits.ForAnnounced(16384).MaxDataLength);
        Assert.Equal(uint.MaxValue, PduLimits.ForAnnounced(0).MaxDataLength);
        Assert.Equal(uint.MaxValue, PduLimits.ForAnnounced(uint.MaxValue - 3).MaxDataLength);
    }

    internal static byte[] Pdu(byte type, string body)
    {
        var bytes = WireBytes.Parse(body);
        var header = new byte[6];
        header[0] = type;
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(2), bytes.Length);
        return [.. header, .. bytes];
    }

    private static PduException AssertRefused(AbortReason reason, byte[] bytes)
    {
        var exception = Assert.Throws<PduException>(() =>
        {
            var buffer = new ReadOnlySequence<byte>(bytes);
            PduReader.TryRead(ref buffer, PduLimits.Default, out _);
        });
        Assert.Equal(reason, exception.Reason);
        return exception;
    }

    private static void AssertStreamRefused(byte[] bytes) => Assert.Throws<PduException>(() =>
    {
        var reader = new PduStreamReader(PduLimits.Default);
        var buffer = new ReadOnlySequence<byte>(bytes);
        while (reader.TryRead(ref buffer, out _, out _))
        {
        }
    });
}
