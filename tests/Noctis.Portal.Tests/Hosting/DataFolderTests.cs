using Microsoft.Extensions.Configuration;
using Noctis.Portal.Hosting;

namespace Noctis.Portal.Tests.Hosting;

public sealed class DataFolderTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly string _parent = Directory.CreateTempSubdirectory("noctis-").FullName;

    [Fact]
    public void Keys_FreshFolder_IsForItsOwnerAlone()
    {
        var data = Path.Combine(_parent, "data");

        var keys = DataFolder.Keys(Configuration(data));

        Assert.Equal(Path.Combine(data, "keys"), keys.FullName);
        Assert.True(keys.Exists);
        if (!OperatingSystem.IsWindows())
            Assert.Equal((OwnerOnly, OwnerOnly), (File.GetUnixFileMode(data), File.GetUnixFileMode(keys.FullName)));
    }

    [Fact]
    public void Keys_FolderThatIsThere_KeepsItsMode()
    {
        var data = Directory.CreateDirectory(Path.Combine(_parent, "data")).FullName;
        var mode = OperatingSystem.IsWindows() ? default : OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.GroupExecute;
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(data, mode);

        DataFolder.Keys(Configuration(data));

        if (!OperatingSystem.IsWindows())
            Assert.Equal((mode, OwnerOnly), (File.GetUnixFileMode(data), File.GetUnixFileMode(Path.Combine(data, "keys"))));
    }

    public void Dispose() => Directory.Delete(_parent, recursive: true);

    private static IConfiguration Configuration(string path) =>
        new ConfigurationBuilder().AddInMemoryCollection([new("Storage:Path", path)]).Build();
}
