using System.Text.Json;

namespace Noctis.Dicom.Tests.Interop;

/// <summary>What came of a request of dcmjs-dimse.</summary>
/// <param name="Responses">The responses in order.</param>
/// <param name="Received">Files of the objects that arrived by C-GET.</param>
/// <param name="Reports">Data sets of N-EVENT-REPORT-RQs.</param>
/// <param name="Error">What it says went wrong.</param>
internal sealed record DcmjsOutcome(
    IReadOnlyList<DcmjsResponse> Responses, IReadOnlyList<string> Received, IReadOnlyList<JsonElement> Reports, JsonElement? Error);

/// <summary>A response: status and data set, if any.</summary>
internal sealed record DcmjsResponse(int Status, JsonElement? Dataset);
