using System.Globalization;
using System.Text;
using Noctis.Dicom.Data;

namespace Noctis.Dicom.Files.Text;

/// <summary>The sequences and items between the root and where a reader or writer stands.</summary>
internal sealed class TagPath
{
    private readonly List<(DicomTag Tag, int Item)> _steps = [];

    /// <summary>Sequences that are open.</summary>
    public int Depth => _steps.Count;

    public void Enter(DicomTag sequence) => _steps.Add((sequence, -1));

    public void NextItem() => _steps[^1] = (_steps[^1].Tag, _steps[^1].Item + 1);

    public void Leave() => _steps.RemoveAt(_steps.Count - 1);

    /// <summary>For a message: "(0008,1140)[0](0008,1150)".</summary>
    public string ToString(DicomTag? tag)
    {
        var text = new StringBuilder();
        foreach (var (sequence, item) in _steps)
            text.Append(CultureInfo.InvariantCulture, $"{sequence}[{Math.Max(item, 0)}]");
        return text.Append(tag).ToString();
    }

    /// <summary>For a URI: "00081140/0/00081150".</summary>
    public string ToUriPath(DicomTag tag)
    {
        var text = new StringBuilder();
        foreach (var (sequence, item) in _steps)
            text.Append(CultureInfo.InvariantCulture, $"{sequence.ToJsonString()}/{item}/");
        return text.Append(tag.ToJsonString()).ToString();
    }
}
