namespace Noctis.Dicom.Network.StateMachine;

/// <summary>A cell of PS3.8 9.2.3, Table 9-10.</summary>
/// <param name="Action">What is to be done.</param>
/// <param name="NextState">The state that follows.</param>
/// <param name="OtherwiseNextState">
/// The state that follows the other branch of the two actions that have one: AE-6 when the provider cannot accept the request (Sta13),
/// AR-8 when this side is not the association requestor (Sta10). Else the same as <paramref name="NextState"/>.
/// </param>
public readonly record struct StateTransition(UpperLayerAction Action, UpperLayerState NextState, UpperLayerState OtherwiseNextState);
