namespace Noctis.Dicom.Tests.Network.Negotiation;

/// <summary>The UIDs that the negotiation tests speak of.</summary>
internal static class Uids
{
    public const string Verification = "1.2.840.10008.1.1";
    public const string CTImage = "1.2.840.10008.5.1.4.1.1.2";
    public const string MRImage = "1.2.840.10008.5.1.4.1.1.4";
    public const string StudyRootFind = "1.2.840.10008.5.1.4.1.2.2.1";
    public const string ImplicitLittleEndian = "1.2.840.10008.1.2";
    public const string ExplicitLittleEndian = "1.2.840.10008.1.2.1";
    public const string JpegLossless = "1.2.840.10008.1.2.4.70";
    public const string Jpeg2000 = "1.2.840.10008.1.2.4.91";
}
