using Noctis.Dicom.Network.Pdus;

namespace Noctis.Dicom.Network.Negotiation;

/// <summary>The requestor's side of association negotiation: what an answer means (PS3.8 9.3.3; PS3.7 D.3). Stateless and thread safe.</summary>
public static class RequestorNegotiator
{
    /// <summary>Reads an acceptance against the request that it answers.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="response">The answer.</param>
    /// <exception cref="PduException">The acceptor grants what was not asked for, or takes no PDU that a message fits into.</exception>
    public static RequestorNegotiation Read(AAssociateRq request, AAssociateAc response)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(response);
        if (response.UserInformation.MaximumLength is not 0 and < PDataFraming.MinimumMaximumLength)
            throw Invalid($"The acceptor takes PDUs of {response.UserInformation.MaximumLength} bytes at most; no message fits into that.");

        var answers = response.PresentationContexts.ToDictionary(answer => answer.Id);
        var roles = response.UserInformation.RoleSelections
            .DistinctBy(role => role.SopClassUid)
            .ToDictionary(role => role.SopClassUid, StringComparer.Ordinal);
        var proposedRoles = request.UserInformation.RoleSelections.ToDictionary(role => role.SopClassUid, StringComparer.Ordinal);

        var contexts = new List<PresentationContext>(request.PresentationContexts.Count);
        foreach (var proposed in request.PresentationContexts)
        {
            answers.Remove(proposed.Id, out var answer);
            contexts.Add(Read(
                proposed,
                answer,
                proposedRoles.GetValueOrDefault(proposed.AbstractSyntax),
                roles.GetValueOrDefault(proposed.AbstractSyntax)));
        }

        if (answers.Count > 0)
            throw Invalid($"The acceptor answers presentation context {answers.Keys.First()}, which was not proposed.");
        return new RequestorNegotiation(new PresentationContextTable(contexts), new PDataFraming(response.UserInformation.MaximumLength));
    }

    // PS3.8 9.3.3: every proposed context is answered. One that is not counts as rejected: nothing can be sent in it.
    private static PresentationContext Read(
        PresentationContextRq proposed, PresentationContextAc? answer, RoleSelection? proposedRole, RoleSelection? role)
    {
        var result = answer?.Result ?? PresentationContextResult.NoReason;
        var accepted = result == PresentationContextResult.Acceptance;
        if (accepted && !proposed.TransferSyntaxes.Contains(answer!.TransferSyntax, StringComparer.Ordinal))
            throw Invalid($"The acceptor answers presentation context {proposed.Id} with a transfer syntax that was not proposed.");

        // PS3.7 D.3.3.4: roles count when proposed and answered; an answer that grants more than was proposed grants what was proposed.
        var negotiated = proposedRole is not null && role is not null;
        return new PresentationContext
        {
            Id = proposed.Id,
            AbstractSyntax = proposed.AbstractSyntax,
            ProposedTransferSyntaxes = proposed.TransferSyntaxes,
            Result = result,
            TransferSyntax = accepted ? answer!.TransferSyntax : null,
            RequestorIsScu = !negotiated || (proposedRole!.ScuRole && role!.ScuRole),
            RequestorIsScp = negotiated && proposedRole!.ScpRole && role!.ScpRole,
        };
    }

    private static PduException Invalid(string message) => new(AbortReason.InvalidPduParameterValue, message);
}
