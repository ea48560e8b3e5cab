namespace Noctis.Dicom.Network.Pdus;

/// <summary>How many operations may be outstanding (PS3.7 D.3.3.3, Tables D.3-7 and D.3-8).</summary>
/// <remarks>
/// <code>
///  byte   field
///  1      item type, 53H
///  2      reserved
///  3-4    item length, 0004H
///  5-6    maximum number of operations invoked, 0 = unlimited
///  7-8    maximum number of operations performed, 0 = unlimited
/// </code>
/// </remarks>
/// <param name="MaximumInvoked">Operations that the association requestor may have outstanding as invoker; 0 means no limit.</param>
/// <param name="MaximumPerformed">Operations that the association requestor performs at a time; 0 means no limit.</param>
public sealed record AsynchronousOperationsWindow(ushort MaximumInvoked, ushort MaximumPerformed);
