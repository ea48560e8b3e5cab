using System.Globalization;
using Noctis.Archive;
using Noctis.Archive.Facilities;

namespace Noctis.Portal.Facilities;

/// <summary>A port as it is typed: what is not a number never reaches the archive's rules.</summary>
internal static class FacilityPortText
{
    public static int? Parse(string text) =>
        int.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var port) ? port : null;

    public static Error? Fault(string text) => Parse(text) is not null
        ? null
        : InvalidError.For(nameof(FacilityDraft.Port), text.Trim().Length == 0
            ? "A facility needs a port: a number between 1 and 65535."
            : $"A port is a number between 1 and 65535; \"{text.Trim()}\" is not.");
}
