using Noctis.Dicom.Network.Pdus;

namespace Noctis.Dicom.Network.Negotiation;

/// <summary>The acceptor's side of association negotiation (PS3.8 7.1, 9.3.3; PS3.7 D.3). Stateless and thread safe.</summary>
public static class AcceptorNegotiator
{
    /// <summary>One operation at a time each way, which is what is done here whatever the requestor would like.</summary>
    private static readonly AsynchronousOperationsWindow Synchronous = new(1, 1);

    /// <summary>
    /// What the upper layer itself has to refuse, before any question of who is calling: AE-6 of PS3.8 9.2.2 goes by it.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <returns>The refusal, or null when the request can be put to the application.</returns>
    public static AssociateRejection? FindProtocolFault(AAssociateRq request)
    {
        ArgumentNullException.ThrowIfNull(request);

        // PS3.8 9.3.2, Table 9-11: a receiver that implements version 1 only tests that bit 0 is set.
        if ((request.ProtocolVersion & 1) == 0)
        {
            return Permanent(
                AssociateRejectReason.ProtocolVersionNotSupported,
                $"The peer speaks protocol version bits {request.ProtocolVersion:X4}H; version 1 (bit 0) is the only one there is.");
        }

        // PS3.8 7.1.1.2, PS3.7 A.2.1: there is one application context name.
        if (request.ApplicationContextName != AAssociateRq.DicomApplicationContextName)
        {
            return Permanent(
                AssociateRejectReason.ApplicationContextNameNotSupported,
                request.ApplicationContextName.Length == 0
                    ? "The peer gives no application context name; DICOM's is 1.2.840.10008.3.1.1.1."
                    : $"The peer asks for application context {Shorten(request.ApplicationContextName)}; DICOM's is 1.2.840.10008.3.1.1.1.");
        }

        // PS3.8 9.3.2: one or more presentation contexts. An answer could hold none either.
        if (request.PresentationContexts.Count == 0)
            return Permanent(AssociateRejectReason.NoReasonGivenByProvider, "The peer proposes no presentation context.");

        if (request.UserInformation.MaximumLength is not 0 and < PDataFraming.MinimumMaximumLength)
        {
            return Permanent(
                AssociateRejectReason.NoReasonGivenByProvider,
                $"The peer takes PDUs of {request.UserInformation.MaximumLength} bytes at most; no message fits into that.");
        }

        return null;
    }

    /// <summary>Answers a request in which <see cref="FindProtocolFault"/> found nothing.</summary>
    /// <param name="request">The request.</param>
    /// <param name="policy">What is supported.</param>
    /// <param name="userIdentityResponse">
    /// The answer to a user identity that was checked and found good; null when it was not. Sent only where one is asked for.
    /// </param>
    public static AcceptorNegotiation Accept(AAssociateRq request, AcceptorPolicy policy, UserIdentityAc? userIdentityResponse = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(policy);

        var policies = new Dictionary<string, AbstractSyntaxPolicy?>(StringComparer.Ordinal);
        foreach (var context in request.PresentationContexts)
        {
            if (!policies.ContainsKey(context.AbstractSyntax))
                policies.Add(context.AbstractSyntax, IsPlain(context.AbstractSyntax) ? FindPolicy(context.AbstractSyntax, request, policy) : null);
        }

        var roles = AnswerRoles(request.UserInformation.RoleSelections, policies);
        var contexts = new PresentationContextTable(request.PresentationContexts.Select(
            proposed => Answer(proposed, policies[proposed.AbstractSyntax], roles.GetValueOrDefault(proposed.AbstractSyntax))));

        var response = new AAssociateAc
        {
            CalledAETitle = request.CalledAETitle,
            CallingAETitle = request.CallingAETitle,
            AddressFields = request.AddressFields,
            PresentationContexts = [.. contexts.Select(ToItem)],
            UserInformation = new UserInformation
            {
                MaximumLength = policy.MaximumLength,
                ImplementationClassUid = policy.ImplementationClassUid,
                ImplementationVersionName = policy.ImplementationVersionName,

                // PS3.7 D.3.3.3: answered only when asked; without an answer the window is (1,1) as well.
                AsynchronousOperationsWindow = request.UserInformation.AsynchronousOperationsWindow is null ? null : Synchronous,
                RoleSelections = [.. roles.Values],
                ExtendedNegotiations = AnswerExtended(request.UserInformation.ExtendedNegotiations, policies),

                // PS3.7 D.3.3.7: answered only when asked, and only when the identity was taken.
                UserIdentityResponse = request.UserInformation.UserIdentity is { PositiveResponseRequested: true } ? userIdentityResponse : null,
            },
        };
        return new AcceptorNegotiation(response, contexts, new PDataFraming(request.UserInformation.MaximumLength));
    }

    private static AbstractSyntaxPolicy? FindPolicy(string abstractSyntax, AAssociateRq request, AcceptorPolicy policy)
    {
        var own = policy.FindAbstractSyntax(abstractSyntax);
        if (own is not null || !policy.AcceptsRelatedGeneralSopClasses)
            return own;
        return request.UserInformation.CommonExtendedNegotiations
            .FirstOrDefault(item => item.SopClassUid == abstractSyntax)?
            .RelatedGeneralSopClassUids
            .Select(policy.FindAbstractSyntax)
            .FirstOrDefault(static found => found is not null);
    }

    private static PresentationContext Answer(PresentationContextRq proposed, AbstractSyntaxPolicy? policy, RoleSelection? role)
    {
        var transferSyntax = policy?.Choose([.. proposed.TransferSyntaxes.Where(IsPlain)], requestorSends: role?.ScuRole ?? true);
        var result = policy switch
        {
            null => PresentationContextResult.AbstractSyntaxNotSupported,
            _ when transferSyntax is null => PresentationContextResult.TransferSyntaxesNotSupported,

            // PS3.7 D.3.3.4: without an answer to role selection the requestor is SCU. When no role is left to it, nothing could be sent.
            _ when role is { ScuRole: false, ScpRole: false } || (role is null && !policy.RequestorMayBeScu)
                => PresentationContextResult.UserRejection,
            _ => PresentationContextResult.Acceptance,
        };
        return new PresentationContext
        {
            Id = proposed.Id,
            AbstractSyntax = proposed.AbstractSyntax,
            ProposedTransferSyntaxes = proposed.TransferSyntaxes,
            Result = result,
            TransferSyntax = result == PresentationContextResult.Acceptance ? transferSyntax : null,
            RequestorIsScu = role?.ScuRole ?? true,
            RequestorIsScp = role?.ScpRole ?? false,
        };
    }

    // PS3.8 9.3.3.2.1: the transfer syntax is not significant unless accepted; the first proposed one keeps strict readers content.
    private static PresentationContextAc ToItem(PresentationContext context) => new(
        context.Id,
        context.Result,
        context.TransferSyntax ?? context.ProposedTransferSyntaxes.FirstOrDefault(IsPlain) ?? ImplicitVRLittleEndian);

    // What a peer sent in place of a UID is neither accepted nor sent back when it could not be written, however obliging the policy is.
    private static bool IsPlain(string uid) => uid.Length > 0 && !uid.Contains('\uFFFD', StringComparison.Ordinal);

    private const string ImplicitVRLittleEndian = "1.2.840.10008.1.2";

    // PS3.7 D.3.3.4.2: a role that was not proposed is not granted; SOP classes that are not supported stay without an answer.
    private static Dictionary<string, RoleSelection> AnswerRoles(
        IReadOnlyList<RoleSelection> proposed, Dictionary<string, AbstractSyntaxPolicy?> policies)
    {
        var answers = new Dictionary<string, RoleSelection>(StringComparer.Ordinal);
        foreach (var role in proposed)
        {
            if (policies.GetValueOrDefault(role.SopClassUid) is not { } policy)
                continue;
            answers.TryAdd(
                role.SopClassUid,
                new RoleSelection(role.SopClassUid, role.ScuRole && policy.RequestorMayBeScu, role.ScpRole && policy.RequestorMayBeScp));
        }

        return answers;
    }

    private static List<SopClassExtendedNegotiation> AnswerExtended(
        IReadOnlyList<SopClassExtendedNegotiation> proposed, Dictionary<string, AbstractSyntaxPolicy?> policies)
    {
        // PS3.7 D.3.3.5: one sub-item for each SOP class. More than one answer could make the item longer than its length can say.
        var answers = new List<SopClassExtendedNegotiation>();
        foreach (var item in proposed.DistinctBy(item => item.SopClassUid))
        {
            if (policies.GetValueOrDefault(item.SopClassUid)?.AnswerExtendedNegotiation?.Invoke(item) is { } answer)
                answers.Add(new SopClassExtendedNegotiation(item.SopClassUid, answer));
        }

        return answers;
    }

    private static AssociateRejection Permanent(AssociateRejectReason reason, string explanation) =>
        new(AssociateRejectResult.RejectedPermanent, reason, explanation);

    private static string Shorten(string text) => text.Length <= 64 ? text : text[..64] + "…";
}
