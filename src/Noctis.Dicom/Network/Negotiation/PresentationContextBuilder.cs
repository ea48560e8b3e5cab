using Noctis.Dicom.Network.Pdus;

namespace Noctis.Dicom.Network.Negotiation;

/// <summary>Collects the presentation contexts that a requestor proposes, and numbers them 1, 3, 5… (PS3.8 9.3.2.2). Not thread safe.</summary>
public sealed class PresentationContextBuilder
{
    /// <summary>Ids are odd and one byte long, so there are 128.</summary>
    public const int MaxCount = 128;

    private readonly List<PresentationContextRq> _contexts = [];
    private readonly List<RoleSelection> _roles = [];

    /// <summary>The contexts so far.</summary>
    public int Count => _contexts.Count;

    /// <summary>Proposes a SOP class with transfer syntaxes among which the acceptor chooses one.</summary>
    /// <param name="abstractSyntax">UID of the SOP class.</param>
    /// <param name="transferSyntaxes">UIDs of one or more transfer syntaxes, the preferred first.</param>
    /// <returns>The id; that of the earlier context when the same was already proposed.</returns>
    /// <exception cref="InvalidOperationException">There are 128 contexts already.</exception>
    public byte Add(string abstractSyntax, params IEnumerable<string> transferSyntaxes)
    {
        ArgumentException.ThrowIfNullOrEmpty(abstractSyntax);
        string[] syntaxes = [.. transferSyntaxes.Distinct(StringComparer.Ordinal)];
        if (syntaxes.Length == 0)
            throw new ArgumentException($"SOP class {abstractSyntax} is proposed without a transfer syntax.", nameof(transferSyntaxes));

        var same = _contexts.Find(context => context.AbstractSyntax == abstractSyntax && context.TransferSyntaxes.SequenceEqual(syntaxes));
        if (same is not null)
            return same.Id;

        if (_contexts.Count == MaxCount)
            throw new InvalidOperationException("An association has 128 presentation contexts at most; send the rest on another one.");

        var id = (byte)((_contexts.Count * 2) + 1);
        _contexts.Add(new PresentationContextRq(id, abstractSyntax, syntaxes));
        return id;
    }

    /// <summary>
    /// Proposes a SOP class once for each transfer syntax, so that each is accepted or refused for itself: what a sender does that
    /// has objects in several and will not convert them.
    /// </summary>
    /// <param name="abstractSyntax">UID of the SOP class.</param>
    /// <param name="transferSyntaxes">UIDs of the transfer syntaxes.</param>
    /// <exception cref="InvalidOperationException">There would be more than 128 contexts.</exception>
    public void AddEach(string abstractSyntax, params IEnumerable<string> transferSyntaxes)
    {
        foreach (var transferSyntax in transferSyntaxes)
            Add(abstractSyntax, transferSyntax);
    }

    /// <summary>Proposes roles for a SOP class (PS3.7 D.3.3.4). Without it the requestor is SCU.</summary>
    /// <param name="sopClassUid">UID of the SOP class.</param>
    /// <param name="scu">The requestor would be SCU.</param>
    /// <param name="scp">The requestor would be SCP.</param>
    public void SelectRole(string sopClassUid, bool scu, bool scp)
    {
        ArgumentException.ThrowIfNullOrEmpty(sopClassUid);
        _roles.RemoveAll(role => role.SopClassUid == sopClassUid);
        _roles.Add(new RoleSelection(sopClassUid, scu, scp));
    }

    /// <summary>The contexts for the A-ASSOCIATE-RQ.</summary>
    public IReadOnlyList<PresentationContextRq> BuildContexts() => [.. _contexts];

    /// <summary>The role selections for the A-ASSOCIATE-RQ.</summary>
    public IReadOnlyList<RoleSelection> BuildRoles() => [.. _roles];
}
