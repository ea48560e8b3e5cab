using System.Buffers;
using Noctis.Dicom.Data;
using Noctis.Dicom.Fuzz.Engine;
using Noctis.Dicom.Network.Pdus;

namespace Noctis.Dicom.Fuzz.Seeds;

/// <summary>Makes PDUs that can be written: what peers send, and what the standard allows them to.</summary>
public static class PduGenerator
{
    private static readonly string[] Uids =
    [
        .. DicomUID.StorageSopClasses.Take(6).Select(uid => uid.Value),
        DicomUID.Verification.Value,
        DicomUID.ImplicitVRLittleEndian.Value,
        DicomUID.ExplicitVRLittleEndian.Value,
        DicomUID.ExplicitVRBigEndian.Value,
        "1.2.840.10008.5.1.4.1.2.2.1",
        "1.2.3.4",
    ];

    private static readonly string[] Titles = ["NOCTIS", "MODALITY", "A", "SIXTEEN_LETTERS_"];

    public static byte[] Write(params IEnumerable<Pdu> pdus)
    {
        var output = new ArrayBufferWriter<byte>();
        foreach (var pdu in pdus)
            PduWriter.Write(output, pdu);
        return output.WrittenSpan.ToArray();
    }

    public static Pdu Any(FuzzRandom random) => random.Below(8) switch
    {
        0 => Request(random),
        1 => Acceptance(random),
        2 => new AAssociateRj((AssociateRejectResult)random.Between(0, 3), (AssociateRejectReason)random.Between(0, 0x308)),
        3 => AReleaseRq.Instance,
        4 => AReleaseRp.Instance,
        5 => new AAbort((AbortSource)random.Between(0, 3), (AbortReason)random.Between(0, 7)),
        _ => Data(random),
    };

    public static AAssociateRq Request(FuzzRandom random) => new()
    {
        CalledAETitle = random.Of(Titles),
        CallingAETitle = random.Of(Titles),
        PresentationContexts =
        [
            .. Enumerable.Range(0, random.Between(0, 6)).Select(i => new PresentationContextRq(
                (byte)((i * 2) + 1), random.Of(Uids), [.. Enumerable.Range(0, random.Below(4)).Select(_ => random.Of(Uids))])),
        ],
        UserInformation = User(random),
        UnknownItems = Unknown(random),
    };

    public static AAssociateAc Acceptance(FuzzRandom random) => new()
    {
        CalledAETitle = random.Of(Titles),
        CallingAETitle = random.Of(Titles),
        PresentationContexts =
        [
            .. Enumerable.Range(0, random.Between(0, 6)).Select(i => new PresentationContextAc(
                (byte)((i * 2) + 1), (PresentationContextResult)random.Below(6), random.Of(Uids))),
        ],
        UserInformation = User(random),
        UnknownItems = Unknown(random),
    };

    private static PDataTf Data(FuzzRandom random)
    {
        var values = new PresentationDataValue[random.Between(1, 4)];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = new PresentationDataValue(
                (byte)((random.Below(3) * 2) + 1), random.OneIn(2), random.OneIn(2), new ReadOnlySequence<byte>(random.Bytes(random.Below(40))));
        }

        return new PDataTf(values);
    }

    private static UserInformation User(FuzzRandom random) => new()
    {
        MaximumLength = random.OneIn(3) ? 0u : (uint)random.Between(4, 70_000),
        ImplementationClassUid = random.OneIn(3) ? null : random.Of(Uids),
        ImplementationVersionName = random.OneIn(3) ? null : random.Of(Titles),
        AsynchronousOperationsWindow = random.OneIn(3) ? new AsynchronousOperationsWindow(random.NextByte(), random.NextByte()) : null,
        RoleSelections = Several(random, () => new RoleSelection(random.Of(Uids), random.OneIn(2), random.OneIn(2))),
        ExtendedNegotiations = Several(random, () => new SopClassExtendedNegotiation(random.Of(Uids), random.Bytes(random.Below(8)))),
        CommonExtendedNegotiations = Several(
            random, () => new SopClassCommonExtendedNegotiation(random.Of(Uids), random.Of(Uids), Several(random, () => random.Of(Uids)))),
        UserIdentity = random.OneIn(3)
            ? new UserIdentityRq((UserIdentityType)random.Between(0, 6), random.OneIn(2), random.Bytes(random.Below(20)), random.Bytes(random.Below(20)))
            : null,
        UserIdentityResponse = random.OneIn(6) ? new UserIdentityAc(random.Bytes(random.Below(20))) : null,
        UnknownItems = Unknown(random),
    };

    private static List<UnknownItem> Unknown(FuzzRandom random) =>
        Several(random, () => new UnknownItem((byte)random.Between(0x60, 0xEF), random.Bytes(random.Below(20))));

    private static List<T> Several<T>(FuzzRandom random, Func<T> make) =>
        random.OneIn(2) ? [] : [.. Enumerable.Range(0, random.Between(1, 3)).Select(_ => make())];
}
