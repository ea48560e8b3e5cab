using System.Text.Json;
using Noctis.Dicom.Data;

namespace Noctis.Dicom.Files.Json;

/// <summary>What System.Text.Json finds wrong, as our own error.</summary>
internal static class JsonFault
{
    /// <summary>
    /// The reader's own message may quote what it found, which can be a patient's; it stays with the cause.
    /// </summary>
    public static DicomDataException Of(JsonException cause, long offset) => new(
        "The text is not JSON, or not whole (RFC 8259).", null, offset, cause);
}
