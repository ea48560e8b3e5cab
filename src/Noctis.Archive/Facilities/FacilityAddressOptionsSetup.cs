using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Noctis.Archive.Facilities;

internal sealed class FacilityAddressOptionsSetup(IConfiguration configuration)
    : IConfigureOptions<FacilityAddressOptions>, IValidateOptions<FacilityAddressOptions>
{
    public void Configure(FacilityAddressOptions options) => configuration.GetSection(FacilityAddressOptions.Section).Bind(options);

    public ValidateOptionsResult Validate(string? name, FacilityAddressOptions options)
    {
        var faults = options.Faults().ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
