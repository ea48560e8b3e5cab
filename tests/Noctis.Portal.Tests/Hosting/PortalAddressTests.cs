using Noctis.Portal.Accounts;
using Noctis.Portal.Hosting;

namespace Noctis.Portal.Tests.Hosting;

public sealed class PortalAddressTests
{
    [Theory]
    [InlineData("http://0.0.0.0:8080", "http://localhost:8080/")]
    [InlineData("http://*:8080", "http://localhost:8080/")]
    [InlineData("http://[::]:8080", "http://localhost:8080/")]
    [InlineData("https://noctis.example:443/;http://x", "https://noctis.example/")]
    public void ToBrowse_BoundAddress_IsOneToGoTo(string bound, string expected) =>
        Assert.Equal(expected, PortalAddress.ToBrowse(bound).ToString());

    [Fact]
    public async Task HealthProbe_NobodyThere_EndsWithOne() =>
        // Port 9 is the discard service, which nobody runs.
        Assert.Equal(1, await HealthProbe.RunAsync(["http://127.0.0.1:9"]));

    [Fact]
    public void InitialPassword_Twice_DiffersAndHoldsNothingMistakable()
    {
        var (one, two) = (InitialPassword.Generate(), InitialPassword.Generate());

        Assert.NotEqual(one, two);
        Assert.Matches("^[2-9a-hjkmnp-z]{4}(-[2-9a-hjkmnp-z]{4}){3}$", one);
    }
}
