using System.Globalization;
using Noctis.Archive.Journal;
using Noctis.Archive.Settings;
using Noctis.Dicom.Data;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Negotiation;
using Noctis.Dicom.Network.Pdus;
using Noctis.Gateway.Admission;
using Noctis.Gateway.Services;

namespace Noctis.Gateway.Explaining;

/// <summary>Explains associations that broke off, and those that came to nothing because nothing that was proposed is taken.</summary>
internal static class EndedAssociations
{
    private const int MostContexts = 5;
    private const int MostSyntaxes = 3;
    private const string UnknownSyntax = "(not known here)";

    /// <summary>Why an association did not end in order.</summary>
    public static Explanation Broken(AssociationSummary summary)
    {
        var code = summary.Kind switch
        {
            ConnectionFailureKind.Stopped => JournalCode.ServerStopping,
            ConnectionFailureKind.InternalError => JournalCode.InternalError,
            ConnectionFailureKind.Silent or ConnectionFailureKind.RequestIncomplete when summary.Ending == AssociationEnding.Aborted => JournalCode.TimedOut,
            _ => CodeOf(summary.Ending),
        };
        return new Explanation(code, Remedies.With(summary.Reason, code));
    }

    /// <summary>Why there was nothing to do in an association: for each thing that was proposed, what stands against it.</summary>
    public static Explanation NothingAccepted(PresentationContextTable contexts, FacilitySettings settings, GatewayServices services)
    {
        var all = contexts.ToList();
        // The device asked for what is switched off and for nothing else: then that is the cause, whatever else is said.
        var off = all.Select(context => FindServiceThatIsOff(context.AbstractSyntax, settings, services)).ToList();
        if (off.Count > 0 && off.TrueForAll(service => service is not null))
        {
            var names = string.Join(" and ", off.Select(service => service!.Title).Distinct());
            var asked = string.Join(", ", all.Select(context => NameOf(context.AbstractSyntax)).Distinct().Take(MostContexts));
            return new Explanation(JournalCode.ServiceSwitchedOff,
                $"{names} is switched off for this facility, and the device asked for nothing else ({asked}). A manager can switch it on under Settings, Services.");
        }

        var proposed = all.Select(context => Describe(context, settings, services)).Distinct().ToList();
        var more = proposed.Count > MostContexts ? $"; and {proposed.Count - MostContexts} more" : "";
        return new Explanation(JournalCode.NoPresentationContext,
            proposed.Count == 0
                ? "The device proposed nothing at all: no SOP class that it could send. Configure what it is to send."
                : $"Nothing that the device proposed is taken here: {string.Join("; ", proposed.Take(MostContexts))}{more}. {RemedyOf(proposed)}");
    }

    /// <summary>Of an association in which nothing was asked: what the device wanted to send perhaps, and was not let.</summary>
    /// <returns>Null where all of it was taken in one way or another.</returns>
    public static string? NothingAsked(PresentationContextTable contexts, FacilitySettings settings, GatewayServices services)
    {
        var left = contexts.Where(context => contexts.FindAccepted(context.AbstractSyntax) is null).Select(context => Describe(context, settings, services)).Distinct().ToList();
        var more = left.Count > MostContexts ? $"; and {left.Count - MostContexts} more" : "";
        return left.Count == 0 ? null
            : $"The device sent nothing. Of what it proposed, this is not taken here: {string.Join("; ", left.Take(MostContexts))}{more}. {RemedyOf(left)}";
    }

    /// <summary>What becomes of what a device sent that is not registered.</summary>
    public static Explanation Quarantined(AssociationCall call, int images)
    {
        var sent = images switch { 0 => "what it sends", 1 => "its image", _ => $"its {images.ToString("N0", CultureInfo.InvariantCulture)} images" };
        return new Explanation(JournalCode.Quarantined,
            $"{AETitle.Show(call.CallingAETitle)} at {call.Address} is not registered here: {sent} {(images > 1 ? "wait" : "waits")} in quarantine until a manager releases or discards {(images > 1 ? "them" : "it")}.");
    }

    internal static JournalCode CodeOf(AssociationEnding ending) => ending switch
    {
        AssociationEnding.AbortedByPeer => JournalCode.PeerAborted,
        AssociationEnding.ConnectionLost => JournalCode.ConnectionLost,
        AssociationEnding.Aborted => JournalCode.ProtocolError,
        _ => JournalCode.None,
    };

    private static string RemedyOf(List<string> proposed) =>
        proposed.Exists(one => one.Contains("switched off", StringComparison.Ordinal)) ? "A manager can switch on under Settings what is switched off."
        : proposed.Exists(one => one.EndsWith(UnknownSyntax, StringComparison.Ordinal)) ? "Let the device send in another transfer syntax, such as Implicit VR Little Endian."
        : "Use this destination for storage and echo alone.";

    private static string Describe(PresentationContext context, FacilitySettings settings, GatewayServices services)
    {
        var name = NameOf(context.AbstractSyntax);
        if (FindServiceThatIsOff(context.AbstractSyntax, settings, services) is { } off)
            return $"{name} ({off.Key} is switched off)";
        if (context.Result == PresentationContextResult.TransferSyntaxesNotSupported)
        {
            var syntaxes = context.ProposedTransferSyntaxes;
            var more = syntaxes.Count > MostSyntaxes ? $" and {syntaxes.Count - MostSyntaxes} more" : "";
            var isSetOff = syntaxes.Any(uid => DicomTransferSyntax.Lookup(uid) is not null && !settings.TransferSyntaxes.Takes(uid));
            return $"{name} in {string.Join(", ", syntaxes.Take(MostSyntaxes).Select(NameOf))}{more} {(isSetOff ? "(switched off under Transfer syntaxes)" : UnknownSyntax)}";
        }

        return services.Find(context.AbstractSyntax) is null
            ? $"{name} (not offered here)"
            : settings.SopClasses.Takes(context.AbstractSyntax) ? name : $"{name} (switched off under SOP classes)";
    }

    private static GatewayService? FindServiceThatIsOff(string abstractSyntax, FacilitySettings settings, GatewayServices services) =>
        services.Find(abstractSyntax) is { } service && !settings.Services.Offers(service.Key) ? service : null;

    private static string NameOf(string uid) => DicomUID.Find(uid)?.Name ?? uid;
}
