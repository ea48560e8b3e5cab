using System.Globalization;

namespace Noctis.Portal.Journal;

/// <summary>
/// Writes a table as RFC 4180 has it. Texts that a spreadsheet would take for a formula get an apostrophe in front, since peers choose
/// what they call themselves.
/// </summary>
internal sealed class CsvWriter(TextWriter writer)
{
    private bool _isFirst = true;

    public void Text(string? text)
    {
        Separate();
        if (string.IsNullOrEmpty(text))
            return;
        // A tab or a line break before the sign is passed over by spreadsheets.
        if (text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n')
            text = "'" + text;
        if (text.AsSpan().ContainsAny("\",\r\n"))
            text = $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        writer.Write(text);
    }

    public void Number(long? number)
    {
        Separate();
        if (number is { } value)
            writer.Write(value.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>A moment in UTC, as ISO 8601 has it.</summary>
    public void Moment(DateTime utc)
    {
        Separate();
        writer.Write(utc.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
    }

    public void EndRow()
    {
        writer.Write("\r\n");
        _isFirst = true;
    }

    private void Separate()
    {
        if (!_isFirst)
            writer.Write(',');
        _isFirst = false;
    }
}
