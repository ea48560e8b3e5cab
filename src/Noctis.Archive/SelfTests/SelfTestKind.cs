namespace Noctis.Archive.SelfTests;

/// <summary>How far a self-test goes. Stored by name.</summary>
public enum SelfTestKind
{
    /// <summary>It associates through the facility's port and asks for a C-ECHO.</summary>
    Echo,

    /// <summary>It sends an image too, all the way into the index, where it is taken back.</summary>
    Image,
}
