namespace Noctis.Dicom.Dimse;

/// <summary>The priority of an operation, (0000,0700) (PS3.7 E.1, Table E.1-1).</summary>
public enum Priority : ushort
{
    /// <summary>Medium, the default.</summary>
    Medium = 0x0000,

    /// <summary>High.</summary>
    High = 0x0001,

    /// <summary>Low.</summary>
    Low = 0x0002,
}
