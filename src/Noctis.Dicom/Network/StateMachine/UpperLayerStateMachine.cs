namespace Noctis.Dicom.Network.StateMachine;

/// <summary>
/// Where one side of an association stands (PS3.8 9.2). Pure: it takes events and says what is to be done; it owns no socket and no
/// timer. Not thread safe: one loop owns it, or a lock.
/// </summary>
/// <param name="isRequestor">This side asked for the association.</param>
public sealed class UpperLayerStateMachine(bool isRequestor)
{
    /// <summary>This side asked for the association.</summary>
    public bool IsRequestor { get; } = isRequestor;

    /// <summary>The present state.</summary>
    public UpperLayerState State { get; private set; } = UpperLayerState.Sta1;

    /// <summary>Whether the event can happen in the present state.</summary>
    /// <param name="upperLayerEvent">The event.</param>
    public bool CanRaise(UpperLayerEvent upperLayerEvent) => StateTable.Lookup(State, upperLayerEvent) is not null;

    /// <summary>Moves to the next state and says what is to be done.</summary>
    /// <param name="upperLayerEvent">The event.</param>
    /// <param name="acceptableByProvider">
    /// With Evt6 only: false when the provider itself refuses the request (protocol version, congestion, limits), so that AE-6
    /// means A-ASSOCIATE-RJ and Sta13 instead of Sta3.
    /// </param>
    /// <returns>The action, which the caller now carries out.</returns>
    /// <exception cref="InvalidOperationException">
    /// The standard leaves the cell blank. Only local events end here, so it is a mistake of ours and not of the peer.
    /// </exception>
    public UpperLayerAction Raise(UpperLayerEvent upperLayerEvent, bool acceptableByProvider = true)
    {
        var transition = StateTable.Lookup(State, upperLayerEvent)
            ?? throw new InvalidOperationException($"{upperLayerEvent} cannot happen in {State}.");

        var otherwise = transition.Action switch
        {
            UpperLayerAction.AE6 => !acceptableByProvider,
            UpperLayerAction.AR8 => !IsRequestor,
            _ => false,
        };
        State = otherwise ? transition.OtherwiseNextState : transition.NextState;
        return transition.Action;
    }
}
