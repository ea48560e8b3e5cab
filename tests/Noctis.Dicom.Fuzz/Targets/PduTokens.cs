using System.Buffers;
using System.Globalization;
using Noctis.Dicom.Fuzz.Engine;
using Noctis.Dicom.Fuzz.Seeds;
using Noctis.Dicom.Network.Pdus;

namespace Noctis.Dicom.Fuzz.Targets;

/// <summary>What the targets of PDUs share: pieces to put in, and what must hold of each PDU that was read.</summary>
internal static class PduTokens
{
    /// <summary>Heads of items and sub-items, small ones as a whole.</summary>
    public static IReadOnlyList<byte[]> All { get; } =
    [
        [0x10, 0, 0, 0], [0x20, 0, 0, 4, 1, 0, 0, 0], [0x21, 0, 0, 4, 1, 0, 0, 0], [0x30, 0, 0, 0], [0x40, 0, 0, 0], [0x50, 0, 0, 0],
        [0x51, 0, 0, 4, 0, 0, 0x40, 0], [0x52, 0, 0, 1, (byte)'1'], [0x53, 0, 0, 4, 0, 1, 0, 1], [0x54, 0, 0, 5, 0, 1, (byte)'1', 1, 0],
        [0x55, 0, 0, 1, (byte)'V'], [0x56, 0, 0, 3, 0, 1, (byte)'1'], [0x57, 0, 0, 6, 0, 1, (byte)'1', 0, 1, (byte)'1'],
        [0x58, 0, 0, 6, 1, 0, 0, 0, 0, 0], [0x59, 0, 0, 2, 0, 0],
        [1, 0, 0, 0, 0, 68], [4, 0, 0, 0, 0, 6, 0, 0, 0, 2, 1, 3], [5, 0, 0, 0, 0, 4, 0, 0, 0, 0], [7, 0, 0, 0, 0, 4, 0, 0, 2, 1],
        "1.2.840.10008.1.2"u8.ToArray(), "1.2.840.10008.1.1"u8.ToArray(), "1.2.840.10008.3.1.1.1"u8.ToArray(),
    ];

    /// <summary>A PDU as text, the same for the same content.</summary>
    public static string Describe(Pdu pdu) => pdu switch
    {
        AAssociateRq or AAssociateAc when TryWrite(pdu) is { } bytes => FuzzRandom.SeedOf(bytes).ToString(CultureInfo.InvariantCulture),
        AAssociateRj rejection => $"{rejection.Result} {rejection.Reason}",
        AAbort abort => $"{abort.Source} {abort.Reason}",
        _ => "",
    };

    /// <summary>What was read can be written, unless a text was none; and it is then read as what writes the same bytes.</summary>
    public static void CheckRoundTrip(Pdu pdu)
    {
        if (TryWrite(pdu) is not { } written)
            return;
        var buffer = new ReadOnlySequence<byte>(written);
        FuzzException.Unless(PduReader.TryRead(ref buffer, PduLimits.Default, out var again) && buffer.IsEmpty, "What was written is not one PDU.");
        FuzzException.Unless(TryWrite(again!) is { } second && second.AsSpan().SequenceEqual(written), "What was written and read is written differently.");
    }

    private static byte[]? TryWrite(Pdu pdu)
    {
        try
        {
            return PduGenerator.Write(pdu);
        }
        catch (ArgumentException) when (HasReplacedText(pdu))
        {
            return null;
        }
    }

    // Bytes outside ISO 646 are read as U+FFFD, which cannot be written: that is documented.
    private static bool HasReplacedText(Pdu pdu) => pdu switch
    {
        AAssociateRq request => Texts(request.UserInformation)
            .Concat(request.PresentationContexts.SelectMany(context => context.TransferSyntaxes.Append(context.AbstractSyntax)))
            .Append(request.ApplicationContextName).Append(request.CalledAETitle).Append(request.CallingAETitle)
            .Any(IsReplaced),
        AAssociateAc response => Texts(response.UserInformation)
            .Concat(response.PresentationContexts.Select(context => context.TransferSyntax))
            .Append(response.ApplicationContextName)
            .Any(IsReplaced),
        _ => false,
    };

    private static IEnumerable<string> Texts(UserInformation user) => user.RoleSelections.Select(role => role.SopClassUid)
        .Concat(user.ExtendedNegotiations.Select(item => item.SopClassUid))
        .Concat(user.CommonExtendedNegotiations.SelectMany(item => item.RelatedGeneralSopClassUids.Append(item.SopClassUid).Append(item.ServiceClassUid)))
        .Append(user.ImplementationClassUid ?? "")
        .Append(user.ImplementationVersionName ?? "");

    private static bool IsReplaced(string text) => text.Contains('\uFFFD', StringComparison.Ordinal);
}
