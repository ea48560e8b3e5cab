namespace Noctis.Dicom.Files.Media;

/// <summary>Types of PS3.5 7.4, as far as a writer of records tells them apart.</summary>
internal enum DirectoryKeyType
{
    /// <summary>Type 1: with a value.</summary>
    Required,

    /// <summary>Type 2: may be empty.</summary>
    RequiredOrEmpty,

    /// <summary>Type 1C, whose condition is that the object has it, or type 3.</summary>
    IfPresent,
}
