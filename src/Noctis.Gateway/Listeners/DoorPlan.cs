namespace Noctis.Gateway.Listeners;

/// <summary>What a door should be by the database: <see cref="Open"/>, <see cref="Closed"/> or <see cref="Unable"/>.</summary>
internal abstract record DoorPlan
{
    private DoorPlan()
    {
    }

    /// <param name="Binding">Where; for another one the port is let go of, and associations that run there end by themselves.</param>
    /// <param name="Terms">How; a change of them closes nothing.</param>
    /// <param name="Restart">The last order to restart; for another one the socket is opened anew.</param>
    public sealed record Open(ListenerBinding Binding, DoorTerms Terms, int Restart = 0) : DoorPlan
    {
        /// <summary>It listens, but something is wrong: such as a certificate that has expired.</summary>
        public string? Concern { get; init; }

        public string? Remedy { get; init; }

        /// <summary>Most devices cannot send for the <see cref="Concern"/>.</summary>
        public bool IsFailing { get; init; }
    }

    /// <param name="Reason">Why, for the page.</param>
    /// <param name="EndWithin">How long associations that run may go on; null for as long as they like.</param>
    public sealed record Closed(string Reason, TimeSpan? EndWithin) : DoorPlan;

    /// <summary>It should listen, but must not: TLS is wanted, and there is no certificate. Associations that run end by themselves.</summary>
    public sealed record Unable(string Reason, string Remedy) : DoorPlan;
}
