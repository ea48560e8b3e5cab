namespace Noctis.Archive.Studies;

/// <summary>By when the first image arrived.</summary>
public enum StudyOrder
{
    NewestFirst,
    OldestFirst,
}
