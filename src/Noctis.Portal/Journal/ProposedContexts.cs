using Noctis.Archive.Journal;
using Noctis.Archive.Settings;
using Noctis.Dicom.Data;

namespace Noctis.Portal.Journal;

/// <summary>What a facility's settings would have to take for a device to be let in with what it proposed.</summary>
/// <param name="Services">Services that are off.</param>
/// <param name="SopClasses">SOP classes that are off.</param>
/// <param name="TransferSyntaxes">Transfer syntaxes that are off.</param>
public sealed record ProposedContexts(IReadOnlyList<string> Services, IReadOnlyList<string> SopClasses, IReadOnlyList<string> TransferSyntaxes)
{
    private const string Echo = "C-ECHO";
    private const string Store = "C-STORE";
    private const int MostNames = 3;

    /// <summary>None of it can be switched on: it is off nowhere.</summary>
    public bool IsNothing => Services.Count == 0 && SopClasses.Count == 0 && TransferSyntaxes.Count == 0;

    /// <summary>All of it is what Noctis takes where it is on: once nothing of it is off, it is taken.</summary>
    public bool IsTakenWhenOn { get; private init; }

    /// <summary>"CT Image Storage, JPEG 2000 Image Compression and 2 more"</summary>
    public string Names
    {
        get
        {
            string[] names = [.. Services, .. SopClasses.Select(JournalWords.NameOf), .. TransferSyntaxes.Select(JournalWords.NameOf)];
            var more = names.Length > MostNames ? $" and {names.Length - MostNames} more" : "";
            return string.Join(", ", names.Take(MostNames)) + more;
        }
    }

    public static ProposedContexts Find(Refusal refusal, FacilitySettings settings)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        ArgumentNullException.ThrowIfNull(settings);
        List<(string Class, IReadOnlyList<string> Syntaxes)> refused =
        [
            .. (AssociationDetails.FromJson(refusal.Details)?.Contexts ?? []).Where(context => context.Accepted is null).Select(context => (context.AbstractSyntax, context.Proposed)),
        ];
        if (refusal.SOPClassUID is { } sopClass)
            refused.Add((sopClass, refusal.TransferSyntaxUID is { } syntax ? [syntax] : []));
        else if (refused.Count == 0 && refusal.Kind is JournalKind.Echo or JournalKind.Store)
            return new ProposedContexts([.. new[] { refusal.Kind == JournalKind.Echo ? Echo : Store }.Where(service => !settings.Services.Offers(service))], [], []);

        return new ProposedContexts(
            [.. refused.Select(one => ServiceOf(one.Class)).Distinct().Where(service => !settings.Services.Offers(service))],
            [.. refused.Select(one => one.Class).Distinct().Where(uid => ServiceOf(uid) == Store && !settings.SopClasses.Takes(uid))],
            [.. refused.Where(one => ServiceOf(one.Class) == Store).SelectMany(one => one.Syntaxes).Distinct().Where(uid => !settings.TransferSyntaxes.Takes(uid))])
        {
            IsTakenWhenOn = refused.Count > 0 && refused.All(one => IsKnown(one.Class) && one.Syntaxes.Any(IsKnownSyntax)),
        };
    }

    public FacilitySettings SwitchOn(FacilitySettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings with
        {
            Services = new ServiceSettings { Off = [.. settings.Services.Off.Except(Services)] },
            SopClasses = SopClasses.Aggregate(settings.SopClasses, (classes, uid) => classes.With(uid, isTaken: true)),
            TransferSyntaxes = new TransferSyntaxSettings { Off = [.. settings.TransferSyntaxes.Off.Except(TransferSyntaxes)] },
        };
    }

    private static bool IsKnown(string sopClass) => ServiceOf(sopClass) == Echo || SopClassGroups.Of(sopClass) != SopClassGroup.PrivateAndUnknown;

    private static bool IsKnownSyntax(string uid) => DicomTransferSyntax.All.Any(known => known.UID.Value == uid);

    private static string ServiceOf(string sopClass) => sopClass == DicomUID.Verification.Value ? Echo : Store;
}
