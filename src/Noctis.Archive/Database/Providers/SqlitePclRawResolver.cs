using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace Noctis.Archive.Database.Providers;

/// <summary>
/// Microsoft.Data.Sqlite asks for SQLitePCLRaw 2.1; a package registry may have 2.0 alone, whose assemblies work but bear a lower
/// version, which the loader refuses. This takes the file that the application was built with, whatever its version. Where the version
/// asked for is present the loader finds it by itself, and this is never called. See docs/decisions/0004-sqlite-native-library.md.
/// </summary>
internal static class SqlitePclRawResolver
{
#pragma warning disable CA2255 // It has to stand before the first use of Microsoft.Data.Sqlite, by whichever program loads this assembly.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Register() => AssemblyLoadContext.Default.Resolving += Resolve;

    private static Assembly? Resolve(AssemblyLoadContext context, AssemblyName name)
    {
        if (name.Name?.StartsWith("SQLitePCLRaw", StringComparison.Ordinal) != true)
            return null;

        // The files that the program was built with: beside it, or in the package folder when dotnet-ef runs it.
        var known = (AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string ?? "").Split(Path.PathSeparator);
        var file = known.FirstOrDefault(path => Path.GetFileNameWithoutExtension(path) == name.Name)
            ?? Path.Combine(AppContext.BaseDirectory, name.Name + ".dll");
        return File.Exists(file) ? context.LoadFromAssemblyPath(file) : null;
    }
}
