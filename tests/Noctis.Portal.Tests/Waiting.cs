using System.Runtime.CompilerServices;
using Bunit;

namespace Noctis.Portal.Tests;

internal static class Waiting
{
    /// <summary>How long bUnit waits for what should come: its own second is short on a machine that runs all test projects at once.</summary>
    [ModuleInitializer]
    internal static void BeGenerous() => BunitContext.DefaultWaitTimeout = TimeSpan.FromSeconds(20);
}
