using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Noctis.Archive.Accounts;
using Noctis.Portal.Monitoring;

namespace Noctis.Portal.Tests.Monitoring;

public class MonitoringAccessTests
{
    private const string Token = "a-token-of-twenty-characters";

    [Theory]
    [InlineData("127.0.0.1", null, true)]
    [InlineData("::1", null, true)]
    [InlineData("192.0.2.7", null, false)]
    [InlineData(null, null, false)]
    // A proxy of this machine that nobody has declared speaks for anybody.
    [InlineData("127.0.0.1", "192.0.2.7", false)]
    public void Refuse_WithoutToken_LetsThisMachineAloneIn(string? address, string? forwardedFor, bool isLetIn)
    {
        var context = ContextOf(address);
        if (forwardedFor is not null)
            context.Request.Headers["X-Forwarded-For"] = forwardedFor;

        var refused = AccessWith("").Refuse(context);

        Assert.Equal(isLetIn, refused is null);
        if (!isLetIn)
            Assert.Equal(StatusCodes.Status403Forbidden, refused!.Value.Status);
    }

    [Theory]
    [InlineData("Bearer " + Token, true)]
    [InlineData("bearer " + Token, true)]
    [InlineData("Bearer " + Token + "x", false)]
    [InlineData("Bearer ", false)]
    [InlineData("Basic " + Token, false)]
    [InlineData("", false)]
    public void Refuse_WithToken_LetsWhoeverBringsItIn(string header, bool isLetIn)
    {
        var context = ContextOf("192.0.2.7");
        context.Request.Headers.Authorization = header;

        Assert.Equal(isLetIn, AccessWith(Token).Refuse(context) is null);
    }

    [Fact]
    public void Refuse_WithToken_AsksThisMachineForItToo() =>
        Assert.Equal(StatusCodes.Status401Unauthorized, AccessWith(Token).Refuse(ContextOf("127.0.0.1"))?.Status);

    [Fact]
    public void Refuse_AdministratorSignedIn_IsLetIn()
    {
        var context = ContextOf("192.0.2.7");
        context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Role, Roles.Administrator)], "test"));

        Assert.Null(AccessWith(Token).Refuse(context));
    }

    private static MonitoringAccess AccessWith(string token) => new(Options.Create(new MonitoringOptions { Token = token }));

    private static DefaultHttpContext ContextOf(string? address)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = address is null ? null : IPAddress.Parse(address);
        return context;
    }
}
