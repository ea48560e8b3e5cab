namespace Microsoft.SqlServer.Server;

/// <summary>A CLR user-defined type that lays itself out.</summary>
public interface IBinarySerialize
{
    void Read(BinaryReader r);

    void Write(BinaryWriter w);
}
