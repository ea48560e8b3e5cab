namespace Noctis.Dicom.Network.Pdus;

/// <summary>The roles of the association requestor for one SOP class, as proposed or as answered (PS3.7 D.3.3.4, Tables D.3-9 and D.3-10).</summary>
/// <remarks>
/// <code>
///  byte   field
///  1      item type, 54H
///  2      reserved
///  3-4    item length
///  5-6    UID length n
///  7-     SOP class UID
///  7+n    SCU role, 0 or 1
///  8+n    SCP role, 0 or 1
/// </code>
/// </remarks>
/// <param name="SopClassUid">The SOP class.</param>
/// <param name="ScuRole">The requestor acts (or may act) as SCU.</param>
/// <param name="ScpRole">The requestor acts (or may act) as SCP.</param>
public sealed record RoleSelection(string SopClassUid, bool ScuRole, bool ScpRole);
