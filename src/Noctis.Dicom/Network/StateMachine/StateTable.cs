using static Noctis.Dicom.Network.StateMachine.UpperLayerAction;
using static Noctis.Dicom.Network.StateMachine.UpperLayerState;

namespace Noctis.Dicom.Network.StateMachine;

/// <summary>The state transition table of the upper layer (PS3.8 9.2.3, Table 9-10), as data. Immutable and thread safe.</summary>
public static class StateTable
{
    private const int StateCount = 13;
    private const UpperLayerAction __ = 0;

    // One row for each event, one column for each state; __ where the standard leaves the cell blank.
    private static readonly UpperLayerAction[][] Rows =
    [
        //          Sta1 Sta2 Sta3 Sta4 Sta5 Sta6 Sta7 Sta8 Sta9 Sta10 Sta11 Sta12 Sta13
        /* Evt1 */  [AE1, __,  __,  __,  __,  __,  __,  __,  __,  __,   __,   __,   __],
        /* Evt2 */  [__,  __,  __,  AE2, __,  __,  __,  __,  __,  __,   __,   __,   __],
        /* Evt3 */  [__,  AA1, AA8, __,  AE3, AA8, AA8, AA8, AA8, AA8,  AA8,  AA8,  AA6],
        /* Evt4 */  [__,  AA1, AA8, __,  AE4, AA8, AA8, AA8, AA8, AA8,  AA8,  AA8,  AA6],
        /* Evt5 */  [AE5, __,  __,  __,  __,  __,  __,  __,  __,  __,   __,   __,   __],
        /* Evt6 */  [__,  AE6, AA8, __,  AA8, AA8, AA8, AA8, AA8, AA8,  AA8,  AA8,  AA7],
        /* Evt7 */  [__,  __,  AE7, __,  __,  __,  __,  __,  __,  __,   __,   __,   __],
        /* Evt8 */  [__,  __,  AE8, __,  __,  __,  __,  __,  __,  __,   __,   __,   __],
        /* Evt9 */  [__,  __,  __,  __,  __,  DT1, __,  AR7, __,  __,   __,   __,   __],
        /* Evt10 */ [__,  AA1, AA8, __,  AA8, DT2, AR6, AA8, AA8, AA8,  AA8,  AA8,  AA6],
        /* Evt11 */ [__,  __,  __,  __,  __,  AR1, __,  __,  __,  __,   __,   __,   __],
        /* Evt12 */ [__,  AA1, AA8, __,  AA8, AR2, AR8, AA8, AA8, AA8,  AA8,  AA8,  AA6],
        /* Evt13 */ [__,  AA1, AA8, __,  AA8, AA8, AR3, AA8, AA8, AR10, AR3,  AA8,  AA6],
        /* Evt14 */ [__,  __,  __,  __,  __,  __,  __,  AR4, AR9, __,   __,   AR4,  __],
        /* Evt15 */ [__,  __,  AA1, AA2, AA1, AA1, AA1, AA1, AA1, AA1,  AA1,  AA1,  __],
        /* Evt16 */ [__,  AA2, AA3, __,  AA3, AA3, AA3, AA3, AA3, AA3,  AA3,  AA3,  AA2],
        /* Evt17 */ [__,  AA5, AA4, AA4, AA4, AA4, AA4, AA4, AA4, AA4,  AA4,  AA4,  AR5],
        /* Evt18 */ [__,  AA2, __,  __,  __,  __,  __,  __,  __,  __,   __,   __,   AA2],
        /* Evt19 */ [__,  AA1, AA8, __,  AA8, AA8, AA8, AA8, AA8, AA8,  AA8,  AA8,  AA7],
    ];

    // PS3.8 9.2.2, Tables 9-6 to 9-9, in the order of the actions from AE-1 on.
    private static readonly UpperLayerState[] NextStates =
    [
        /* AE-1..8 */  Sta4, Sta5, Sta6, Sta1, Sta2, Sta3, Sta6, Sta13,
        /* DT-1..2 */  Sta6, Sta6,
        /* AR-1..10 */ Sta7, Sta8, Sta1, Sta13, Sta1, Sta7, Sta8, Sta9, Sta11, Sta12,
        /* AA-1..8 */  Sta13, Sta1, Sta1, Sta1, Sta1, Sta13, Sta13, Sta13,
    ];

    /// <summary>Looks up what an event means in a state.</summary>
    /// <param name="state">The state.</param>
    /// <param name="upperLayerEvent">The event.</param>
    /// <returns>The cell, or null where the standard leaves it blank: the event cannot happen in that state.</returns>
    public static StateTransition? Lookup(UpperLayerState state, UpperLayerEvent upperLayerEvent)
    {
        var column = (int)state - 1;
        var row = (int)upperLayerEvent - 1;
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)column, (uint)StateCount, nameof(state));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Rows.Length, nameof(upperLayerEvent));

        var action = Rows[row][column];
        if (action == __)
            return null;

        var next = NextStates[(int)action - 1];
        var otherwise = action switch
        {
            AE6 => Sta13,
            AR8 => Sta10,
            _ => next,
        };
        return new StateTransition(action, next, otherwise);
    }
}
