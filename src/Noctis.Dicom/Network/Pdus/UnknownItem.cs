namespace Noctis.Dicom.Network.Pdus;

/// <summary>An item or sub-item of a type that is not known here. It is kept as read and otherwise ignored (PS3.8 9.3.1).</summary>
/// <param name="ItemType">The item type.</param>
/// <param name="Value">The bytes after the item's length field.</param>
public sealed record UnknownItem(byte ItemType, ReadOnlyMemory<byte> Value);
