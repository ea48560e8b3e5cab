using Noctis.Archive;
using Noctis.Archive.Accounts;
using Noctis.Archive.Facilities;

namespace Noctis.Portal.Accounts;

public sealed partial class NewUserPage(AccountCommands accounts, TeamCommands teams, FacilityAccess access, SignedInScopes scopes)
{
    private readonly NewUserInput _input = new();
    private IReadOnlyList<OpenFacility> _facilities = [];
    private NewAccount? _handOver;
    private Guid _userId;
    private Error? _error;
    private bool _busy;

    protected override async Task OnInitializedAsync()
    {
        if (await scopes.UserAsync() is { } user)
            _facilities = await access.ListAsync(user.Id);
    }

    private async Task CreateAsync()
    {
        if (_busy)
            return;
        _busy = true;
        _error = null;
        var account = new NewAccount(_input.UserName, _input.DisplayName, InitialPassword.Generate());
        var created = await MakeAsync(account);
        _busy = false;
        if (created.TryGetValue(out _userId))
            _handOver = account;
        else
            _error = created.Error;
    }

    private async Task<Result<Guid>> MakeAsync(NewAccount account)
    {
        var administrator = await scopes.AdministratorAsync();
        if (!administrator.IsSuccess)
            return administrator.Error;
        var created = await accounts.CreateAsync(administrator.Value, account, _input.IsAdministrator);
        if (!created.IsSuccess || _input.IsAdministrator || _input.FacilityId is not { } facilityId)
            return created;

        var facility = await scopes.FacilityAsync(facilityId);
        if (!facility.IsSuccess)
            return facility.Error;
        // By its user name: the account is there by now, and joins the team.
        var joined = await teams.InviteAsync(facility.Value, account, _input.Role);
        return joined.IsSuccess ? created : joined.Error;
    }

    private sealed class NewUserInput : AccountInput
    {
        public bool IsAdministrator { get; set; }

        public Guid? FacilityId { get; set; }

        public FacilityRole Role { get; set; } = FacilityRole.Staff;
    }
}
