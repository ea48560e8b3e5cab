namespace Noctis.Dicom.Network.Pdus;

/// <summary>Who rejects an association (PS3.8 9.3.4, Table 9-21).</summary>
public enum AssociateRejectSource : byte
{
    /// <summary>The application.</summary>
    ServiceUser = 1,

    /// <summary>The upper layer, its association control part.</summary>
    ServiceProviderAcse = 2,

    /// <summary>The upper layer, its presentation part.</summary>
    ServiceProviderPresentation = 3,
}
