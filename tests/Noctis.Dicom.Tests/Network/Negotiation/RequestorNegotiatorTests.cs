using Noctis.Dicom.Network.Negotiation;
using Noctis.Dicom.Network.Pdus;
using static Noctis.Dicom.Tests.Network.Negotiation.Uids;

namespace Noctis.Dicom.Tests.Network.Negotiation;

public class RequestorNegotiatorTests
{
    [Fact]
    public void Read_AcceptedAndRefusedContexts_AreToldApart()
    {
        var negotiation = Read(
            new PresentationContextAc(3, PresentationContextResult.TransferSyntaxesNotSupported, ""),
            new PresentationContextAc(1, PresentationContextResult.Acceptance, ExplicitLittleEndian));

        Assert.Equal([1, 3], negotiation.Contexts.Select(context => (int)context.Id));
        Assert.Equal(ExplicitLittleEndian, negotiation.Contexts.FindAccepted(CTImage)!.TransferSyntax);
        Assert.Equal(1, negotiation.Contexts.FindAccepted(CTImage, ExplicitLittleEndian)!.Id);
        Assert.Null(negotiation.Contexts.FindAccepted(CTImage, ImplicitLittleEndian));
        Assert.Equal(PresentationContextResult.TransferSyntaxesNotSupported, negotiation.Contexts.Find(3)!.Result);
        Assert.Null(negotiation.Contexts.FindAccepted(MRImage));
    }

    [Fact]
    public void Read_ContextWithoutAnAnswer_CountsAsRefused()
    {
        var negotiation = Read(new PresentationContextAc(1, PresentationContextResult.Acceptance, ExplicitLittleEndian));

        Assert.Equal(PresentationContextResult.NoReason, negotiation.Contexts.Find(3)!.Result);
    }

    [Fact]
    public void Read_UndefinedResult_IsNotAcceptance() =>
        Assert.Empty(Read(new PresentationContextAc(1, (PresentationContextResult)9, ExplicitLittleEndian)).Contexts.Accepted);

    [Fact]
    public void Read_TransferSyntaxThatWasNotProposed_Throws() =>
        AssertInvalid(() => Read(new PresentationContextAc(1, PresentationContextResult.Acceptance, Jpeg2000)));

    [Fact]
    public void Read_ContextThatWasNotProposed_Throws() =>
        AssertInvalid(() => Read(new PresentationContextAc(7, PresentationContextResult.AbstractSyntaxNotSupported, "")));

    [Theory]
    [InlineData(0u, PDataFraming.DefaultCeiling - 6)]
    [InlineData(16384u, 16378)]
    public void Read_MaximumLength_IsThatOfTheAcceptor(uint maximumLength, int fragment) =>
        Assert.Equal(fragment, Read(new UserInformation { MaximumLength = maximumLength }).Framing.MaxFragmentLength);

    [Fact]
    public void Read_MaximumLengthThatNothingFitsInto_Throws() =>
        AssertInvalid(() => Read(new UserInformation { MaximumLength = 7 }));

    [Fact]
    public void Read_Roles_CountWhenProposedAndAnswered()
    {
        var answered = Read(new UserInformation { RoleSelections = [new RoleSelection(MRImage, false, true)] });
        var unanswered = Read(new UserInformation());
        var unasked = Read(new UserInformation { RoleSelections = [new RoleSelection(CTImage, false, true)] });

        Assert.True(answered.Contexts.Find(3) is { RequestorIsScu: false, RequestorIsScp: true });
        Assert.True(unanswered.Contexts.Find(3) is { RequestorIsScu: true, RequestorIsScp: false });
        Assert.True(unasked.Contexts.Find(1) is { RequestorIsScu: true, RequestorIsScp: false });
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void Read_MoreRolesThanProposed_GrantsThoseProposed(bool scu, bool scp)
    {
        var request = new AAssociateRq
        {
            CalledAETitle = "A",
            CallingAETitle = "B",
            PresentationContexts = [new PresentationContextRq(1, CTImage, [ExplicitLittleEndian])],
            UserInformation = new UserInformation { RoleSelections = [new RoleSelection(CTImage, scu, scp)] },
        };

        var context = RequestorNegotiator.Read(request, new AAssociateAc
        {
            PresentationContexts = [new PresentationContextAc(1, PresentationContextResult.Acceptance, ExplicitLittleEndian)],
            UserInformation = new UserInformation { RoleSelections = [new RoleSelection(CTImage, true, true)] },
        }).Contexts[0];

        Assert.Equal((scu, scp), (context.RequestorIsScu, context.RequestorIsScp));
    }

    [Fact]
    public void Builder_Contexts_AreNumberedOddAndKeptOnce()
    {
        var builder = new PresentationContextBuilder();

        Assert.Equal(1, builder.Add(CTImage, ExplicitLittleEndian, ImplicitLittleEndian));
        Assert.Equal(3, builder.Add(CTImage, ImplicitLittleEndian, ExplicitLittleEndian)); // another order is another wish
        Assert.Equal(1, builder.Add(CTImage, ExplicitLittleEndian, ImplicitLittleEndian, ExplicitLittleEndian));
        builder.AddEach(MRImage, JpegLossless, Jpeg2000);

        var contexts = builder.BuildContexts();
        Assert.Equal([1, 3, 5, 7], contexts.Select(context => (int)context.Id));
        Assert.Equal([ExplicitLittleEndian, ImplicitLittleEndian], contexts[0].TransferSyntaxes);
        Assert.Equal([JpegLossless], contexts[2].TransferSyntaxes);
        Assert.Equal([Jpeg2000], contexts[3].TransferSyntaxes);
    }

    [Fact]
    public void Builder_TheHundredAndTwentyNinthContext_Throws()
    {
        var builder = new PresentationContextBuilder();
        for (var i = 0; i < 128; i++)
            builder.Add($"1.2.{i}", ImplicitLittleEndian);

        Assert.Equal(255, builder.BuildContexts()[^1].Id);
        Assert.Equal(255, builder.Add("1.2.127", ImplicitLittleEndian));
        Assert.Throws<InvalidOperationException>(() => builder.Add(CTImage, ImplicitLittleEndian));
        Assert.Equal(128, builder.Count);
    }

    [Fact]
    public void Builder_NoTransferSyntax_Throws() =>
        Assert.Throws<ArgumentException>(() => new PresentationContextBuilder().Add(CTImage));

    [Fact]
    public void Builder_RoleSelectedTwice_TheLastCounts()
    {
        var builder = new PresentationContextBuilder();
        builder.SelectRole(CTImage, scu: true, scp: false);
        builder.SelectRole(CTImage, scu: false, scp: true);

        Assert.Equal([new RoleSelection(CTImage, false, true)], builder.BuildRoles());
    }

    private static RequestorNegotiation Read(params PresentationContextAc[] answers) => Read(new UserInformation(), answers);

    private static RequestorNegotiation Read(UserInformation user, params PresentationContextAc[] answers)
    {
        var builder = new PresentationContextBuilder();
        builder.Add(CTImage, ExplicitLittleEndian, ImplicitLittleEndian);
        builder.Add(MRImage, JpegLossless);
        builder.SelectRole(MRImage, scu: false, scp: true);
        var request = new AAssociateRq
        {
            CalledAETitle = "A",
            CallingAETitle = "B",
            PresentationContexts = builder.BuildContexts(),
            UserInformation = new UserInformation { RoleSelections = builder.BuildRoles() },
        };
        return RequestorNegotiator.Read(request, new AAssociateAc { PresentationContexts = answers, UserInformation = user });
    }

    private static void AssertInvalid(Action action) =>
        Assert.Equal(AbortReason.InvalidPduParameterValue, Assert.Throws<PduException>(action).Reason);
}
