namespace Noctis.Dicom.Files.Text;

/// <summary>The forms in which JSON and XML carry the content of an element.</summary>
internal enum OutgoingKind
{
    /// <summary>Not written at all.</summary>
    Omitted,

    /// <summary>Written without a value.</summary>
    Empty,

    /// <summary>Values as text; empty ones among them.</summary>
    Texts,

    /// <summary>Values of IS or DS.</summary>
    DecimalTexts,

    /// <summary>Values of PN.</summary>
    PersonNames,

    /// <summary>Values of the binary representations with numbers, and of AT.</summary>
    Numbers,

    /// <summary>The value field in base64.</summary>
    InlineBinary,

    /// <summary>The URI of the value field.</summary>
    BulkData,

    /// <summary>Items.</summary>
    Items,
}
