using System.Collections;

namespace Noctis.Dicom.Network.Negotiation;

/// <summary>The presentation contexts of an association, in the order proposed, found by id in one step. Immutable and thread safe.</summary>
public sealed class PresentationContextTable : IReadOnlyList<PresentationContext>
{
    private readonly PresentationContext[] _contexts;
    private readonly PresentationContext?[] _byId = new PresentationContext?[256];

    /// <summary>Makes a table of contexts whose ids differ.</summary>
    /// <param name="contexts">The contexts.</param>
    public PresentationContextTable(IEnumerable<PresentationContext> contexts)
    {
        _contexts = [.. contexts];
        foreach (var context in _contexts)
        {
            if (_byId[context.Id] is not null)
                throw new ArgumentException($"Presentation context id {context.Id} stands twice.", nameof(contexts));
            _byId[context.Id] = context;
        }
    }

    /// <inheritdoc/>
    public int Count => _contexts.Length;

    /// <summary>The contexts that messages may be sent in.</summary>
    public IEnumerable<PresentationContext> Accepted => _contexts.Where(context => context.IsAccepted);

    /// <inheritdoc/>
    public PresentationContext this[int index] => _contexts[index];

    /// <summary>The context with an id, accepted or not; null when it was never proposed.</summary>
    /// <param name="id">The id.</param>
    public PresentationContext? Find(byte id) => _byId[id];

    /// <summary>The accepted context with an id; null when there is none, and a peer that uses it breaks the protocol.</summary>
    /// <param name="id">The id.</param>
    public PresentationContext? FindAccepted(byte id) => _byId[id] is { IsAccepted: true } context ? context : null;

    /// <summary>The first accepted context for a SOP class.</summary>
    /// <param name="abstractSyntax">UID of the SOP class.</param>
    /// <param name="transferSyntax">UID of the transfer syntax that the context must have; null for any.</param>
    public PresentationContext? FindAccepted(string abstractSyntax, string? transferSyntax = null) =>
        Array.Find(_contexts, context => context.IsAccepted
            && context.AbstractSyntax == abstractSyntax
            && (transferSyntax is null || context.TransferSyntax == transferSyntax));

    /// <inheritdoc/>
    public IEnumerator<PresentationContext> GetEnumerator() => _contexts.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
