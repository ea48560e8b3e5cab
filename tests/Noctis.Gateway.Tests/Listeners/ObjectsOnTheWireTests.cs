using Noctis.Archive;
using Noctis.Archive.Database;
using Noctis.Archive.Facilities;
using Noctis.Archive.Settings;
using Noctis.Dicom.Data;
using Noctis.Dicom.Network.Pdus;
using Noctis.Testing.Databases;

namespace Noctis.Gateway.Tests.Listeners;

/// <summary>Every group of SOP classes and every transfer syntax switched off in turn: what is off is refused in negotiation, and nothing else is.</summary>
public sealed class ObjectsOnTheWireTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    private const string PrivateClass = "1.2.276.0.7230010.3.1.0.1";

    [Fact]
    public async Task SopClasses_EachGroupOff_RefusesItsClassesAndNoOther()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central");
        foreach (var group in SopClassGroups.All)
        {
            await ChangeAsync(host, facility, settings => settings with { SopClasses = new SopClassSettings().With(group, isTaken: false) });

            // Of the group as many as an association can propose beside one of each other (PS3.8 9.3.2.2: odd ids up to 255).
            var own = ClassesOf(group).Take(100).ToList();
            var others = SopClassGroups.All.Where(other => other != group).Select(other => ClassesOf(other).First()).ToList();
            var refused = await RefusedAsync(facility, [.. own.Concat(others).Select(uid => (uid, DicomUID.ImplicitVRLittleEndian.Value))]);

            Assert.Equal(own, refused.Select(context => context.AbstractSyntax));
        }
    }

    [Fact]
    public async Task SopClasses_EveryOneSingly_IsRefusedAlone()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central");
        var all = SopClassGroups.All.SelectMany(ClassesOf).ToList();

        // Every third at a time: whichever way a class stands, its neighbours stand the other.
        for (var turn = 0; turn < 3; turn++)
        {
            var off = all.Where((_, index) => index % 3 == turn).ToList();
            await ChangeAsync(host, facility, settings => settings with
            {
                SopClasses = off.Aggregate(new SopClassSettings(), (classes, uid) => classes.With(uid, isTaken: false)),
            });

            var refused = new List<string>();
            foreach (var some in all.Chunk(120))
                refused.AddRange((await RefusedAsync(facility, [.. some.Select(uid => (uid, DicomUID.ImplicitVRLittleEndian.Value))])).Select(context => context.AbstractSyntax));

            Assert.Equal(off, refused);
        }
    }

    [Fact]
    public async Task TransferSyntaxes_EachOff_IsRefusedAlone()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central");
        var all = TransferSyntaxGroups.All.SelectMany(group => group.Syntaxes).Select(syntax => syntax.UID.Value).ToList();
        (string, string)[] contexts = [.. all.Select(uid => (DicomUID.CTImageStorage.Value, uid))];
        Assert.Empty(await RefusedAsync(facility, contexts));

        foreach (var off in all.Where(uid => !TransferSyntaxGroups.IsRequired(uid)))
        {
            await ChangeAsync(host, facility, settings => settings with { TransferSyntaxes = new TransferSyntaxSettings { Off = [off] } });

            var refused = Assert.Single(await RefusedAsync(facility, contexts));
            Assert.Equal((off, PresentationContextResult.TransferSyntaxesNotSupported), (Assert.Single(refused.ProposedTransferSyntaxes), refused.Result));
        }
    }

    private static IEnumerable<string> ClassesOf(SopClassGroup group) => group == SopClassGroup.PrivateAndUnknown
        ? SopClassGroups.ClassesOf(group).Select(uid => uid.Value).Append(PrivateClass)
        : SopClassGroups.ClassesOf(group).Select(uid => uid.Value);

    private static async Task<IReadOnlyList<Dicom.Network.Negotiation.PresentationContext>> RefusedAsync(Facility facility, (string Class, string Syntax)[] proposed)
    {
        await using var client = await Scu.ConnectAsync(
            facility.Port, facility.AETitle, facility.AETitle,
            [.. proposed.Select((one, index) => new PresentationContextRq((byte)((2 * index) + 1), one.Class, [one.Syntax]))]);
        await client.ReleaseAsync();
        return [.. client.Association.PresentationContexts.Where(context => context.Result != PresentationContextResult.Acceptance)];
    }

    private static async Task ChangeAsync(GatewayHost host, Facility facility, Func<FacilitySettings, FacilitySettings> change)
    {
        var changed = await host.Get<FacilitySettingsCommands>().ChangeAsync(FacilityScope.ForJob(facility.Id, "test"), change);
        Assert.True(changed.IsSuccess, changed.Error?.Message);
        var document = SettingsDocument.Write(changed.Value.Settings);
        await host.UntilDirectoryAsync(directory => SettingsDocument.Write(directory.Find(facility.Id)!.Settings) == document);
    }

    private async Task<GatewayHost> StartAsync() => await GatewayHost.StartAsync(await databases.OpenAsync(DatabaseProviderKind.Sqlite));
}
