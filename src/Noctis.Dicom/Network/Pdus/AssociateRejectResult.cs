namespace Noctis.Dicom.Network.Pdus;

/// <summary>Whether a rejected requestor may try again (PS3.8 9.3.4, Table 9-21).</summary>
public enum AssociateRejectResult : byte
{
    /// <summary>The same request will be rejected again.</summary>
    RejectedPermanent = 1,

    /// <summary>The same request may succeed later.</summary>
    RejectedTransient = 2,
}
