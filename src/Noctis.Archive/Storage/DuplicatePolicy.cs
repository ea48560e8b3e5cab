namespace Noctis.Archive.Storage;

/// <summary>What becomes of an object that is there already, by its SOP Instance UID in its series. Stored by name.</summary>
public enum DuplicatePolicy
{
    /// <summary>The newest copy counts; the earlier one goes.</summary>
    Overwrite,

    /// <summary>The first copy counts; a later one is answered with success and left out.</summary>
    KeepFirst,

    /// <summary>The newest copy counts; an earlier one with other content is kept beside it.</summary>
    KeepBoth,

    /// <summary>The first copy counts; the sender of a later one hears that it is there already.</summary>
    Refuse,
}
