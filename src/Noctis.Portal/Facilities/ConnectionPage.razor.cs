using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using Noctis.Archive.Facilities;
using Noctis.Portal.Layout;

namespace Noctis.Portal.Facilities;

/// <summary>The facility's connection card: what has to be typed into a scanner, large enough to be read aloud over a telephone.</summary>
public sealed partial class ConnectionPage(IOptions<FacilityAddressOptions> options, NavigationManager navigation)
{
    private ConnectionValues _own = default!;
    private ConnectionValues? _shared;

    [Parameter]
    public Guid FacilityId { get; set; }

    [CascadingParameter]
    public CurrentFacility Facility { get; set; } = default!;

    protected override void OnParametersSet()
    {
        var browser = new Uri(navigation.Uri);
        _own = ConnectionValues.Own(Facility, options.Value, browser);
        _shared = ConnectionValues.Shared(Facility, options.Value, browser);
    }
}
