using Xunit;
using Xunit.Sdk;

namespace Noctis.Testing.Databases;

/// <summary>
/// A test that runs once on each database: its one parameter is the <see cref="Archive.Database.DatabaseProviderKind"/>. A server that
/// is not here is a skipped test that says so; a missing PostgreSQL is a failure where CI=true, so that it is never missed by accident.
/// </summary>
[XunitTestCaseDiscoverer("Noctis.Testing.Databases.DatabaseTheoryDiscoverer", "Noctis.Testing")]
[AttributeUsage(AttributeTargets.Method)]
public sealed class DatabaseTheoryAttribute : FactAttribute;
