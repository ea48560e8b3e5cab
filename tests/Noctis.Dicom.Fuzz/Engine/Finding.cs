using System.Globalization;

namespace Noctis.Dicom.Fuzz.Engine;

/// <summary>An input that did what none may.</summary>
/// <param name="Target">The target.</param>
/// <param name="Input">The input.</param>
/// <param name="Reason">What was wrong, with the place in the code where it is known.</param>
public sealed record Finding(string Target, byte[] Input, string Reason)
{
    /// <summary>How to run it again: the input in base64 after the target's name.</summary>
    public string Replay => $"{Target} --replay {Convert.ToBase64String(Input)}";

    /// <summary>Keeps the input as a file, and its reason beside it.</summary>
    /// <returns>The path of the input.</returns>
    public string Save(string folder)
    {
        Directory.CreateDirectory(folder);
        var name = FuzzRandom.SeedOf(Input).ToString("x16", CultureInfo.InvariantCulture);
        var path = Path.Combine(folder, $"{Target}-{name}.bin");
        File.WriteAllBytes(path, Input);
        File.WriteAllText(Path.ChangeExtension(path, ".txt"), $"{Reason}\n\n{Replay}\n\n{Convert.ToHexString(Input)}\n");
        return path;
    }
}
