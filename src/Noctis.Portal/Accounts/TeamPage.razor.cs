using Microsoft.AspNetCore.Components;
using Noctis.Archive;
using Noctis.Archive.Accounts;
using Noctis.Portal.Layout;

namespace Noctis.Portal.Accounts;

/// <summary>A facility's people, for its managers.</summary>
public sealed partial class TeamPage(AccountQueries queries, TeamCommands teams, SignedInScopes scopes)
{
    private IReadOnlyList<TeamMember>? _team;
    private TeamInput _input = new();
    private NewAccount? _handOver;
    private string? _joined;
    private TeamMember? _toRemove;
    private Error? _error;
    private bool _adding;
    private bool _busy;
    private Guid _shown;

    [Parameter]
    public Guid FacilityId { get; set; }

    [CascadingParameter]
    private CurrentFacility? Facility { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == FacilityId)
            return;
        _shown = FacilityId;
        (_team, _handOver, _joined, _error, _adding) = (null, null, null, null, false);
        await InFacilityAsync(_ => Task.FromResult(Result.Success));
    }

    private void StartAdding()
    {
        (_adding, _handOver, _joined, _error) = (true, null, null, null);
        _input = new TeamInput();
    }

    private async Task AddAsync()
    {
        if (_busy)
            return;
        _busy = true;
        var account = new NewAccount(_input.UserName, _input.DisplayName, InitialPassword.Generate());
        await InFacilityAsync(async scope =>
        {
            var invited = await teams.InviteAsync(scope, account, _input.Role);
            if (!invited.TryGetValue(out var invitation))
                return invited.WithoutValue();
            (_handOver, _joined) = invitation.AccountCreated ? (account, (string?)null) : (null, account.UserName.Trim());
            _adding = false;
            return Result.Success;
        });
        _busy = false;
    }

    private Task SetRoleAsync(TeamMember member, FacilityRole role) => InFacilityAsync(scope => teams.SetRoleAsync(scope, member.UserId, role));

    private async Task RemoveAsync()
    {
        var member = _toRemove;
        _toRemove = null;
        if (member is not null)
            await InFacilityAsync(scope => teams.RemoveAsync(scope, member.UserId));
    }

    private async Task InFacilityAsync(Func<FacilityScope, Task<Result>> work)
    {
        // Opened anew: whoever has lost the role since the page was opened changes nothing by it.
        var scope = await scopes.FacilityAsync(FacilityId);
        if (!scope.IsSuccess)
        {
            (_team, _error) = ([], scope.Error);
            return;
        }

        _error = (await work(scope.Value)).Error;
        _team = await queries.ListTeamAsync(scope.Value);
    }

    private sealed class TeamInput : AccountInput
    {
        public FacilityRole Role { get; set; } = FacilityRole.Staff;
    }
}
