using System.Collections.Concurrent;
using Noctis.Archive.Settings;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Network.Negotiation;

namespace Noctis.Gateway.Services;

/// <summary>
/// A service that takes objects, for a facility that does not take all: SOP classes and transfer syntaxes that are off are not accepted in
/// negotiation, so a device knows before it sends.
/// </summary>
internal sealed class ServiceOfObjects(IDimseService service, FacilitySettings settings) : IDimseService
{
    // A service has a handful of policies for all its SOP classes: each is narrowed once.
    private readonly ConcurrentDictionary<AbstractSyntaxPolicy, AbstractSyntaxPolicy> _policies = new(ReferenceEqualityComparer.Instance);
    private readonly bool _takesEverySyntax = settings.TransferSyntaxes.Off.Count == 0;

    public AbstractSyntaxPolicy? FindAbstractSyntax(string abstractSyntax)
    {
        if (service.FindAbstractSyntax(abstractSyntax) is not { } policy || !settings.SopClasses.Takes(abstractSyntax))
            return null;
        return _takesEverySyntax ? policy : _policies.GetOrAdd(policy, Narrow);
    }

    public bool Serves(CommandField command, string abstractSyntax) => service.Serves(command, abstractSyntax);

    public ValueTask HandleAsync(DimseOperation operation, CancellationToken cancellationToken) => service.HandleAsync(operation, cancellationToken);

    private AbstractSyntaxPolicy Narrow(AbstractSyntaxPolicy policy) => policy with
    {
        AcceptsTransferSyntax = uid => settings.TransferSyntaxes.Takes(uid) && policy.AcceptsTransferSyntax(uid),
    };
}
