using Noctis.Archive.Database;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Noctis.Testing.Databases;

/// <summary>Found by xunit through <see cref="DatabaseTheoryAttribute"/>.</summary>
public sealed class DatabaseTheoryDiscoverer(IMessageSink diagnostics) : IXunitTestCaseDiscoverer
{
    public IEnumerable<IXunitTestCase> Discover(ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute)
    {
        var display = discoveryOptions.MethodDisplayOrDefault();
        var displayOptions = discoveryOptions.MethodDisplayOptionsOrDefault();
        foreach (var kind in Enum.GetValues<DatabaseProviderKind>())
        {
            var reason = factAttribute.GetNamedArgument<string>("Skip") ?? TestServers.SkipReason(kind);
            yield return reason is null
                ? new XunitTestCase(diagnostics, display, displayOptions, testMethod, [kind])
                : new XunitSkippedDataRowTestCase(diagnostics, display, displayOptions, testMethod, reason, [kind]);
        }
    }
}
