namespace Noctis.Dicom.Data;

/// <summary>What a registered UID identifies (PS3.6 annex A).</summary>
public enum DicomUIDType
{
    /// <summary>Not registered in PS3.6: an instance's UID, or a private one.</summary>
    Unknown,

    /// <summary>A SOP class.</summary>
    SopClass,

    /// <summary>A group of SOP classes negotiated together.</summary>
    MetaSopClass,

    /// <summary>A transfer syntax.</summary>
    TransferSyntax,

    /// <summary>The application context name of PS3.7 annex A.</summary>
    ApplicationContextName,

    /// <summary>A service class.</summary>
    ServiceClass,

    /// <summary>A SOP instance that is the same everywhere.</summary>
    WellKnownSopInstance,

    /// <summary>A frame of reference that is the same everywhere.</summary>
    WellKnownFrameOfReference,

    /// <summary>A synchronization frame of reference.</summary>
    SynchronizationFrameOfReference,

    /// <summary>A coding scheme.</summary>
    CodingScheme,

    /// <summary>A model of application hosting (PS3.19).</summary>
    ApplicationHostingModel,

    /// <summary>A mapping resource (PS3.16).</summary>
    MappingResource,

    /// <summary>An object identifier of the LDAP schema (PS3.15 annex H).</summary>
    LdapOid,
}
