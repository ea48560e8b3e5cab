namespace Noctis.Gateway.Listeners;

/// <summary>A port that listens: a facility's own, or the one they all share.</summary>
public readonly record struct Door(Guid? FacilityId)
{
    public static Door Shared => default;

    public static Door Of(Guid facilityId) => new(facilityId);

    public bool IsShared => FacilityId is null;

    public override string ToString() => FacilityId is { } id ? $"Facility {id}" : "The shared door";
}
