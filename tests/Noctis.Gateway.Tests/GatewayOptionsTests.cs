namespace Noctis.Gateway.Tests;

public sealed class GatewayOptionsTests
{
    private readonly GatewayOptionsValidator _validator = new();

    [Fact]
    public void Validate_Defaults_AreFine() => Assert.True(_validator.Validate(null, new GatewayOptions()).Succeeded);

    [Fact]
    public void Validate_OutOfRange_NamesTheKeyTheValueAndTheRange()
    {
        var result = _validator.Validate(null, new GatewayOptions { MaxAssociations = 0, MaxPduLength = 100, IdleSeconds = 1, DrainSeconds = -1 });

        Assert.Equal(4, result.Failures?.Count());
        Assert.Contains("Dicom:MaxAssociations is 0. Use a number from 1 to 1000; 32 suits most sites.", result.Failures!);
    }

    [Fact]
    public void Validate_LimitsOfConnectionsOutOfRange_NameTheirKeys()
    {
        var result = _validator.Validate(null, new GatewayOptions { MaxAssociationsPerAddress = -1, MaxPendingConnections = 1, MaxPendingConnectionsInAll = 1_000_000 });

        Assert.Equal(
            ["Dicom:MaxAssociationsPerAddress", "Dicom:MaxPendingConnections", "Dicom:MaxPendingConnectionsInAll"],
            result.Failures!.Select(failure => failure.Split(' ')[0]));
    }
}
