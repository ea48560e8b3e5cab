using Microsoft.Extensions.Options;

namespace Noctis.Gateway;

/// <summary>Each fault with its key, its value and the fix, so that a start that fails can be put right from the message alone.</summary>
internal sealed class GatewayOptionsValidator : IValidateOptions<GatewayOptions>
{
    public ValidateOptionsResult Validate(string? name, GatewayOptions options)
    {
        var faults = new List<string>();
        Check(options.MaxAssociations, 1, 1000, nameof(GatewayOptions.MaxAssociations), "32 suits most sites");
        Check(options.MaxAssociationsPerAddress, 0, 1000, nameof(GatewayOptions.MaxAssociationsPerAddress), "0 sets no limit of its own");
        Check(options.MaxPendingConnections, 8, 10_000, nameof(GatewayOptions.MaxPendingConnections), "64 suits most sites");
        Check(options.MaxPendingConnectionsInAll, 8, 100_000, nameof(GatewayOptions.MaxPendingConnectionsInAll), "2048 suits most sites");
        Check(options.MaxPduLength, 4096, 1_048_576, nameof(GatewayOptions.MaxPduLength), "131072 suits most sites");
        Check(options.IdleSeconds, 5, 86_400, nameof(GatewayOptions.IdleSeconds), "300 suits most sites");
        Check(options.DrainSeconds, 0, 600, nameof(GatewayOptions.DrainSeconds), "15 suits most sites");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);

        void Check(int value, int least, int most, string key, string advice)
        {
            if (value < least || value > most)
                faults.Add($"Dicom:{key} is {value}. Use a number from {least} to {most}; {advice}.");
        }
    }
}
