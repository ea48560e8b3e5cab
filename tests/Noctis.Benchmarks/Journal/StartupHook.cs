/// <summary>Called by .NET before the product's own program (DOTNET_STARTUP_HOOKS, which wants this name and no namespace): that it is loaded is enough.</summary>
internal static class StartupHook
{
    public static void Initialize()
    {
    }
}
