using System.Net;
using Noctis.Archive.Facilities;
using Noctis.Archive.Journal;
using Noctis.Archive.Settings;
using Noctis.Portal.Components;
using Noctis.Portal.Layout;

namespace Noctis.Portal.Journal;

/// <summary>
/// Finds what can be done about a refusal: what one click would do, where to go, whom to ask, or that it is put right already. The one
/// place that knows, for every page that shows refusals.
/// </summary>
public static class RefusalAdvisor
{
    private const string AskManager = "A manager of the facility can put it right.";
    private const string AskAdministrator = "An administrator can put it right.";

    public static RefusalAdvice Find(CurrentFacility facility, Refusal refusal, FixFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facility);
        ArgumentNullException.ThrowIfNull(refusal);
        ArgumentNullException.ThrowIfNull(facts);
        var advice = refusal.Code switch
        {
            JournalCode.CallingTitleUnknown or JournalCode.CallingTitleCaseDiffers or JournalCode.CallingTitleSpacingDiffers => OfUnknownCaller(facility, refusal, facts),
            JournalCode.DeviceInactive => OfInactive(facility, refusal, facts),
            JournalCode.AddressUnexpected => OfAddress(facility, refusal, facts),
            JournalCode.NetworkNotAllowed => OfNetwork(refusal, facts),
            JournalCode.CalledTitleCaseDiffers => facts.Settings.Access.IsCaseSensitive
                ? Values(facility) with { Fixes = [IgnoreCase] }
                : RefusalAdvice.Done("Upper and lower case count alike now."),
            JournalCode.CalledTitleWrong or JournalCode.CalledTitleSpacingDiffers => facts.Settings.Access.ChecksCalledAETitle
                ? Values(facility)
                : RefusalAdvice.Done("The called AE title is not checked any more."),
            JournalCode.TitlesSwapped or JournalCode.ForeignProtocol or JournalCode.SilentConnection => Values(facility),
            // Within an association that was agreed on: its contexts are taken, and the operation is none of theirs (PS3.7 C.5.20, 0211H).
            JournalCode.NoPresentationContext when refusal.Kind != JournalKind.Association =>
                RefusalAdvice.Ask("Nothing of it is switched off here: the device has to ask another system for that."),
            JournalCode.ServiceSwitchedOff or JournalCode.NoPresentationContext => OfContexts(facility, refusal, facts),
            JournalCode.LimitReached => OfLimit(facility, facts),
            JournalCode.TlsExpected or JournalCode.TlsRequired => facts.Settings.Network.Tls == TlsMode.Off
                ? RefusalAdvice.Done("TLS is off now.")
                : Settings(facility, "TLS settings", "tls", "Switch TLS on at the device, or off here."),
            JournalCode.TlsUnexpected => facts.Settings.Network.Tls != TlsMode.Off
                ? RefusalAdvice.Done("TLS is on now.")
                : Settings(facility, "TLS settings", "tls", "Switch TLS off at the device, or on here."),
            JournalCode.TlsFailed or JournalCode.TlsCertificateMissing or JournalCode.TlsCertificateUntrusted or JournalCode.TlsCertificateExpired
                or JournalCode.TlsOurCertificateRefused => Settings(facility, "Certificates", "tls", null),
            JournalCode.QuotaReached or JournalCode.DuplicateRefused => Settings(facility, "Storage settings", "storage", null),
            JournalCode.Quarantined or JournalCode.QuarantineFull => OfQuarantined(facility, refusal, facts),
            JournalCode.FacilityNotActive => OfState(facility),
            JournalCode.DiskFull or JournalCode.StorageUnavailable => facility.Scope.IsAdministrator
                ? RefusalAdvice.Link("Storage of the server", "/admin/storage")
                : RefusalAdvice.Ask("An administrator of the server has to make room, or mend its storage."),
            JournalCode.DatabaseUnavailable => RefusalAdvice.Ask("An administrator of the server has to look at its database. Devices send again what was not answered."),
            _ => RefusalAdvice.None,
        };
        return advice.Fixes.Count == 0 || facility.MayManage ? advice : advice with { Fixes = [], Note = AskManager };
    }

    private static RefusalAdvice OfUnknownCaller(CurrentFacility facility, Refusal refusal, FixFacts facts)
    {
        var title = AETitleRules.Trim(refusal.CallingAETitle);
        if (!facts.Settings.Access.ChecksCallingAETitle)
            return RefusalAdvice.Done("The calling AE title is not checked any more.");
        if (facts.FindDevice(title) is { } device)
            return device.IsActive ? RefusalAdvice.Done($"{device.AETitle} is registered now.") : OfInactive(facility, refusal, facts);
        if (AETitleRules.Fault(title) is { } fault)
            return RefusalAdvice.Link("Show values", facility.Href("connection"), $"It cannot be registered under that title. {fault}");

        RefusalFix allow = new(FixKind.RegisterDevice, $"Allow {title}", $"Registers {title} as a device that may send from {refusal.Address}, and from nowhere else.");
        RefusalFix anywhere = new(FixKind.RegisterDeviceAnywhere, "From any address", $"Registers {title} as a device that may send from any address.");
        return refusal.Code == JournalCode.CallingTitleCaseDiffers && facts.Settings.Access.IsCaseSensitive
            ? RefusalAdvice.Offer(allow, anywhere, IgnoreCase)
            : RefusalAdvice.Offer(allow, anywhere);
    }

    /// <summary>Whoever is registered by now: what came before stays apart until somebody decides.</summary>
    private static RefusalAdvice OfQuarantined(CurrentFacility facility, Refusal refusal, FixFacts facts)
    {
        var registering = OfUnknownCaller(facility, refusal, facts);
        if (!facility.MayManage)
            return registering.Settled is null ? RefusalAdvice.Ask(AskManager) : registering;
        return registering with { LinkText = "Review in quarantine", LinkHref = facility.Href("quarantine") };
    }

    private static RefusalFix IgnoreCase { get; } = new(FixKind.IgnoreCase, "Ignore upper and lower case", "From now on, AE titles that differ in upper and lower case alone are the same here.");

    private static RefusalAdvice OfInactive(CurrentFacility facility, Refusal refusal, FixFacts facts) => facts.FindDevice(refusal.CallingAETitle) switch
    {
        null when facts.Settings.Access.ChecksCallingAETitle => OfUnknownCaller(facility, refusal, facts),
        null => RefusalAdvice.Done("It is registered no more, and the calling AE title is not checked."),
        { IsActive: true } device => RefusalAdvice.Done($"{device.AETitle} is switched on now."),
        { } device => RefusalAdvice.Offer(new RefusalFix(FixKind.SwitchDeviceOn, $"Switch {device.AETitle} on", "The device may send again, from its next association on.")),
    };

    private static RefusalAdvice OfAddress(CurrentFacility facility, Refusal refusal, FixFacts facts)
    {
        if (facts.FindDevice(refusal.CallingAETitle) is not { } device)
            return OfUnknownCaller(facility, refusal, facts);
        if (device.ExpectedAddress is null || device.ExpectedAddress == refusal.Address)
            return RefusalAdvice.Done($"{device.AETitle} may call from there now.");
        return RefusalAdvice.Offer(
            new RefusalFix(FixKind.TakeAddress, $"Expect it at {refusal.Address}", $"{device.AETitle} is expected at {refusal.Address} from now on, and no more at {device.ExpectedAddress}."),
            new RefusalFix(FixKind.TakeAnyAddress, "From any address", $"{device.AETitle} may call from any address."));
    }

    private static RefusalAdvice OfNetwork(Refusal refusal, FixFacts facts)
    {
        var networks = facts.Settings.Access.AllowedNetworks;
        if (!IPAddress.TryParse(refusal.Address, out var address))
            return RefusalAdvice.None;
        if (networks.Count == 0 || networks.Any(network => IPNetwork.TryParse(network, out var known) && known.Contains(address)))
            return RefusalAdvice.Done($"{refusal.Address} may call now.");
        return RefusalAdvice.Offer(new RefusalFix(FixKind.AllowAddress, $"Let {refusal.Address} call", $"Adds {refusal.Address} to the networks that may call."));
    }

    private static RefusalAdvice OfContexts(CurrentFacility facility, Refusal refusal, FixFacts facts)
    {
        var proposed = ProposedContexts.Find(refusal, facts.Settings);
        if (proposed is { Services.Count: > 0, SopClasses.Count: 0, TransferSyntaxes.Count: 0 })
        {
            var services = string.Join(" and ", proposed.Services);
            return RefusalAdvice.Offer(new RefusalFix(FixKind.SwitchServiceOn, $"Switch {services} on", $"From the next association on, {services} is answered."));
        }

        if (!proposed.IsNothing)
            return RefusalAdvice.Offer(new RefusalFix(FixKind.TakeWhatIsProposed, "Take what it sends", $"Switches on: {proposed.Names}."));
        if (refusal.Code == JournalCode.ServiceSwitchedOff)
            return RefusalAdvice.Done("The service is on now.");
        if (proposed.IsTakenWhenOn)
            return RefusalAdvice.Done("What it proposed is taken now.");
        return AssociationDetails.FromJson(refusal.Details) is null
            ? Settings(facility, "SOP classes", "sop-classes", null)
            : RefusalAdvice.Ask("Nothing of it is switched off here: the device has to send in another way.");
    }

    private static RefusalAdvice OfLimit(CurrentFacility facility, FixFacts facts)
    {
        var now = $"{SizeText.Count(facts.Settings.Network.MaxAssociations, "association")} may run at a time.";
        return facility.Scope.IsAdministrator ? RefusalAdvice.Link("Open the setting", facility.Href("settings/network"), now) : RefusalAdvice.Ask($"{now} An administrator can allow more.");
    }

    private static RefusalAdvice OfState(CurrentFacility facility)
    {
        if (facility.State == FacilityState.Active)
            return RefusalAdvice.Done("The facility is active now.");
        return facility.Scope.IsAdministrator ? RefusalAdvice.Link("Open the facility", facility.Href("settings")) : RefusalAdvice.Ask(AskAdministrator);
    }

    private static RefusalAdvice Values(CurrentFacility facility) => RefusalAdvice.Link("Show values", facility.Href("connection"));

    private static RefusalAdvice Settings(CurrentFacility facility, string text, string group, string? note) =>
        facility.MayManage ? RefusalAdvice.Link(text, facility.Href($"settings/{group}"), note) : Values(facility) with { Note = note ?? AskManager };
}
