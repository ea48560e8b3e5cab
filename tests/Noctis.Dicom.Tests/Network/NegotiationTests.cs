using System.Collections.Concurrent;
using System.Text;
using Noctis.Dicom.Data;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Negotiation;
using Noctis.Dicom.Network.Pdus;
using Noctis.Dicom.Tests.Network.Harness;

namespace Noctis.Dicom.Tests.Network;

/// <summary>What the two sides agree on beside presentation contexts, over the wire: each side reads what the other said.</summary>
public class NegotiationTests
{
    private const string Secret = "correct horse";

    public static TheoryData<UserIdentityType> IdentityTypes => [.. Enum.GetValues<UserIdentityType>()];

    [Theory]
    [MemberData(nameof(IdentityTypes))]
    public async Task UserIdentity_OfEachKind_ReachesAdmissionAndIsAnswered(UserIdentityType type)
    {
        var answer = type >= UserIdentityType.Kerberos ? "ticket"u8.ToArray() : [];
        var admission = new IdentityAdmission(_ => AssociationDecision.AcceptUser(answer, "state"));
        await using var server = await TestListener.StartAsync(admission: admission);

        await using var client = await DicomClient.ConnectAsync(server.ClientOptions() with { UserIdentity = Identity(type, true) });

        var seen = Assert.Single(admission.Seen)!;
        Assert.Equal((type, true), (seen.IdentityType, seen.PositiveResponseRequested));
        Assert.Equal(type >= UserIdentityType.Kerberos ? Secret : "reader", Encoding.UTF8.GetString(seen.PrimaryField.Span));
        Assert.Equal(type == UserIdentityType.UsernameAndPasscode ? Secret : "", Encoding.UTF8.GetString(seen.SecondaryField.Span));
        Assert.Equal(type < UserIdentityType.Kerberos ? "reader" : null, seen.Username);
        Assert.Equal(answer, client.Association.UserIdentityResponse!.ServerResponse.ToArray());
        Assert.Equal("state", (await server.Observer.NextAcceptedAsync()).State);
        AssertNoSecret(server, client.Association, seen, client.Association.UserIdentityResponse);
    }

    [Fact]
    public async Task UserIdentity_NotLookedAt_IsNotClaimedToBeGood()
    {
        await using var server = await TestListener.StartAsync();

        await using var client = await DicomClient.ConnectAsync(
            server.ClientOptions() with { UserIdentity = Identity(UserIdentityType.UsernameAndPasscode, true) });

        Assert.Null(client.Association.UserIdentityResponse);
    }

    [Fact]
    public async Task UserIdentity_AnswerNotAskedFor_IsNotSent()
    {
        await using var server = await TestListener.StartAsync(admission: new IdentityAdmission(_ => AssociationDecision.AcceptUser()));

        await using var client = await DicomClient.ConnectAsync(
            server.ClientOptions() with { UserIdentity = Identity(UserIdentityType.Username, false) });

        Assert.Null(client.Association.UserIdentityResponse);
    }

    [Fact]
    public async Task UserIdentity_WrongPasscode_IsRejectedWithoutASecretInTheLog()
    {
        await using var server = await TestListener.StartAsync(admission: new IdentityAdmission(identity =>
            identity is { Username: "reader" } && identity.SecondaryField.Span.SequenceEqual("right"u8)
                ? AssociationDecision.AcceptUser()
                : AssociationDecision.Reject(
                    AssociateRejectResult.RejectedPermanent, AssociateRejectReason.NoReasonGiven, "The user is not known here.")));
        var options = server.ClientOptions() with { UserIdentity = Identity(UserIdentityType.UsernameAndPasscode, true) };

        var rejected = await Assert.ThrowsAsync<AssociationRejectedException>(() => DicomClient.ConnectAsync(options));

        Assert.Equal(AssociateRejectReason.NoReasonGiven, rejected.Reason);
        Assert.Equal("The user is not known here.", (await server.Observer.NextRejectionAsync()).Explanation);
        AssertNoSecret(server, rejected, options);
    }

    [Fact]
    public void UserIdentity_TokenOfANamesKind_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => UserIdentityRq.ForToken(UserIdentityType.Username, new byte[1]));

    [Fact]
    public async Task ExtendedNegotiation_IsProposedAndItsAnswerRead()
    {
        var options = TestListener.DefaultOptions with
        {
            FindAbstractSyntax = uid => AcceptedSyntaxes.VerificationAndStorage(uid) is { } policy
                ? policy with { AnswerExtendedNegotiation = asked => asked.ApplicationInformation[..2] }
                : null,
        };
        await using var server = await TestListener.StartAsync(options);
        var ct = DicomUID.CTImageStorage.Value;

        await using var client = await DicomClient.ConnectAsync(server.ClientOptions() with
        {
            ExtendedNegotiations = [new SopClassExtendedNegotiation(ct, new byte[] { 2, 0, 3, 0, 1, 0 })],
        });

        Assert.Equal([2, 0], client.Association.FindExtendedNegotiation(ct)!.Value.ToArray());
        Assert.Null(client.Association.FindExtendedNegotiation(DicomUID.Verification.Value));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task CommonExtendedNegotiation_PrivateClassRelatedToCT_IsTakenWhereAllowed(bool allowed)
    {
        await using var server = await TestListener.StartAsync(TestListener.DefaultOptions with { AcceptsRelatedGeneralSopClasses = allowed });
        var ct = DicomUID.CTImageStorage.Value;

        await using var client = await DicomClient.ConnectAsync(
            server.ClientOptions(new PresentationContextRq(1, "1.2.3.4", [DicomUID.ExplicitVRLittleEndian.Value])) with
            {
                CommonExtendedNegotiations = [new SopClassCommonExtendedNegotiation("1.2.3.4", "1.2.840.10008.4.2", [ct])],
            });

        Assert.Equal(allowed, client.Association.PresentationContexts[0].IsAccepted);
        var heard = (await server.Observer.NextAcceptedAsync()).Request.UserInformation.CommonExtendedNegotiations;
        Assert.Equal([ct], Assert.Single(heard).RelatedGeneralSopClassUids);
    }

    [Theory]
    [InlineData(false, 1, 1)]
    [InlineData(true, 1, 1)]
    public async Task AsynchronousWindow_WhateverIsAsked_IsOneEachWay(bool ask, int invoked, int performed)
    {
        await using var server = await TestListener.StartAsync();

        await using var client = await DicomClient.ConnectAsync(server.ClientOptions() with
        {
            AsynchronousOperationsWindow = ask ? new AsynchronousOperationsWindow(0, 8) : null,
        });

        var expected = new AsynchronousOperationsWindow((ushort)invoked, (ushort)performed);
        Assert.Equal(expected, client.Association.AsynchronousOperationsWindow);
        Assert.Equal(expected, (await server.Observer.NextAcceptedAsync()).AsynchronousOperationsWindow);
        Assert.Equal(ask, client.Association.Response.UserInformation.AsynchronousOperationsWindow is not null);
    }

    [Fact]
    public async Task Roles_AreProposedAndAnswered()
    {
        var options = TestListener.DefaultOptions with
        {
            FindAbstractSyntax = uid => AcceptedSyntaxes.VerificationAndStorage(uid) is { } policy
                ? policy with { RequestorMayBeScp = uid == DicomUID.CTImageStorage.Value }
                : null,
        };
        await using var server = await TestListener.StartAsync(options);
        var builder = new PresentationContextBuilder();
        foreach (var uid in new[] { DicomUID.CTImageStorage.Value, DicomUID.MRImageStorage.Value, DicomUID.Verification.Value })
            builder.Add(uid, DicomUID.ImplicitVRLittleEndian.Value);
        builder.SelectRole(DicomUID.CTImageStorage.Value, scu: false, scp: true);
        builder.SelectRole(DicomUID.MRImageStorage.Value, scu: true, scp: true);

        await using var client = await DicomClient.ConnectAsync(
            server.ClientOptions([.. builder.BuildContexts()]) with { RoleSelections = builder.BuildRoles() });

        var accepted = await server.Observer.NextAcceptedAsync();
        foreach (var contexts in new[] { client.Association.PresentationContexts, accepted.PresentationContexts })
        {
            Assert.Equal(
                [(true, false, true), (true, true, false), (true, true, false)],
                contexts.Select(context => (context.IsAccepted, context.RequestorIsScu, context.RequestorIsScp)));
        }
    }

    [Fact]
    public async Task Implementation_OfEachSide_IsReadByTheOther()
    {
        await using var server = await TestListener.StartAsync(
            TestListener.DefaultOptions with { ImplementationClassUid = "1.2.3.1", ImplementationVersionName = "SERVER_1" });

        await using var client = await DicomClient.ConnectAsync(
            server.ClientOptions() with { ImplementationClassUid = "1.2.3.2", ImplementationVersionName = "CLIENT_1" });

        var asked = (await server.Observer.NextAcceptedAsync()).Request.UserInformation;
        var answered = client.Association.Response.UserInformation;
        Assert.Equal(("1.2.3.2", "CLIENT_1"), (asked.ImplementationClassUid, asked.ImplementationVersionName));
        Assert.Equal(("1.2.3.1", "SERVER_1"), (answered.ImplementationClassUid, answered.ImplementationVersionName));
    }

    [Theory]
    [InlineData(4096u, 4096u)]
    [InlineData(4096u, 1024u * 1024)]
    [InlineData(1024u * 1024, 4096u)]
    [InlineData(1024u * 1024, 1024u * 1024)]
    public async Task MaxPduLength_FromSmallestToLargest_ObjectsArriveWhole(uint ofServer, uint ofClient)
    {
        await using var server = await TestListener.StartAsync(TestListener.DefaultOptions with { MaxPduLength = ofServer });
        await using var client = await DicomClient.ConnectAsync(server.ClientOptions() with { MaxPduLength = ofClient });
        var bytes = new byte[3_000_000];
        new Random(3).NextBytes(bytes);

        var response = await client.StoreAsync(
            client.CreateStoreRequest(DicomUID.CTImageStorage.Value, "1.2.3", DicomUID.ExplicitVRLittleEndian.Value), new MemoryStream(bytes));

        Assert.Equal(DicomStatus.Success, response.Status);
        Assert.Equal(bytes, Assert.Single(server.Store.Objects).Dataset);
        Assert.Equal(ofServer, client.Association.Response.UserInformation.MaximumLength);
        Assert.Equal(ofClient, client.Association.Request.UserInformation.MaximumLength);
    }

    [Fact]
    public async Task MixedContext_OfASenderOfCompressedObjects_IsAcceptedCompressed()
    {
        await using var server = await TestListener.StartAsync();

        await using var client = await server.ConnectAsync(new PresentationContextRq(
            1, DicomUID.CTImageStorage.Value, [DicomUID.ImplicitVRLittleEndian.Value, DicomTransferSyntax.JPEGLosslessSV1.UID.Value]));

        Assert.Equal(DicomTransferSyntax.JPEGLosslessSV1.UID.Value, client.Association.PresentationContexts[0].TransferSyntax);
    }

    private static UserIdentityRq Identity(UserIdentityType type, bool asks) => type switch
    {
        UserIdentityType.Username => UserIdentityRq.ForUser("reader", asks),
        UserIdentityType.UsernameAndPasscode => UserIdentityRq.ForUser("reader", Secret, asks),
        _ => UserIdentityRq.ForToken(type, Encoding.UTF8.GetBytes(Secret), asks),
    };

    private static void AssertNoSecret(TestListener server, params object[] texts)
    {
        Assert.DoesNotContain(server.Logs.Lines, line => line.Text.Contains(Secret, StringComparison.Ordinal));
        Assert.All(texts, text => Assert.DoesNotContain(Secret, text.ToString(), StringComparison.Ordinal));
    }

    private sealed class IdentityAdmission(Func<UserIdentityRq?, AssociationDecision> decide) : IAssociationAdmission
    {
        public ConcurrentQueue<UserIdentityRq?> Seen { get; } = new();

        public ValueTask<AssociationDecision> DecideAsync(AAssociateRq request, AssociationPeer peer, CancellationToken cancellationToken)
        {
            Seen.Enqueue(request.UserInformation.UserIdentity);
            return ValueTask.FromResult(decide(request.UserInformation.UserIdentity));
        }
    }
}
