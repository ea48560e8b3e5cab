using Noctis.Dicom.Network;

namespace Noctis.Gateway.Tests;

internal static class Rejections
{
    /// <summary>Result, source and reason as on the wire (PS3.8 9.3.4, Table 9-21).</summary>
    public static (int Result, int Source, int Reason) Codes(this AssociationRejectedException rejected) =>
        ((int)rejected.Result, (int)rejected.RejectSource, (int)rejected.Reason & 0xFF);
}
