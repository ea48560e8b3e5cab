using Microsoft.AspNetCore.Components;
using Noctis.Archive;
using Noctis.Archive.Accounts;
using Noctis.Archive.Facilities;

namespace Noctis.Portal.Accounts;

/// <summary>One account, for administrators: state, role, a new password, and the facilities it belongs to.</summary>
public sealed partial class UserPage(AccountQueries queries, AccountCommands accounts, TeamCommands teams, FacilityAccess access, SignedInScopes scopes)
{
    private AccountSummary? _account;
    private List<OpenFacility> _memberships = [];
    private List<OpenFacility> _others = [];
    private NewAccount? _handOver;
    private Question? _question;
    private Guid? _toAdd;
    private FacilityRole _roleToAdd = FacilityRole.Staff;
    private Error? _error;
    private bool _loaded;

    [Parameter]
    public Guid UserId { get; set; }

    protected override Task OnParametersSetAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var administrator = await scopes.AdministratorAsync();
        if (administrator.IsSuccess)
        {
            _account = (await queries.ListAsync(administrator.Value)).FirstOrDefault(account => account.Id == UserId);
            _memberships = [.. (await access.ListAsync(UserId)).Where(facility => facility.Role is not null)];
            var all = await scopes.UserAsync() is { } me ? await access.ListAsync(me.Id) : [];
            _others = [.. all.Where(facility => _memberships.TrueForAll(member => member.Id != facility.Id))];
        }

        _loaded = true;
    }

    private void Ask(Question question)
    {
        _error = null;
        _question = question;
    }

    private async Task AnswerAsync()
    {
        var (question, account) = (_question, _account);
        _question = null;
        if (question is null || account is null)
            return;
        var administrator = await scopes.AdministratorAsync();
        if (!administrator.IsSuccess)
        {
            _error = administrator.Error;
            return;
        }

        var actor = administrator.Value;
        if (question == Question.Reset)
        {
            var password = InitialPassword.Generate();
            if (await RunAsync(accounts.SetPasswordAsync(actor, UserId, password)))
                _handOver = new NewAccount(account.UserName, account.DisplayName, password);
        }
        else if (question == Question.Disable || question == Question.Enable)
        {
            await RunAsync(accounts.SetDisabledAsync(actor, UserId, question == Question.Disable));
        }
        else
        {
            await RunAsync(accounts.SetAdministratorAsync(actor, UserId, question == Question.Promote));
        }
    }

    private Task SetRoleAsync(OpenFacility facility, FacilityRole role) =>
        InFacilityAsync(facility.Id, scope => teams.SetRoleAsync(scope, UserId, role));

    private Task RemoveAsync(OpenFacility facility) =>
        InFacilityAsync(facility.Id, scope => teams.RemoveAsync(scope, UserId));

    private async Task AddAsync()
    {
        if (_toAdd is not { } facilityId || _account is not { } account)
            return;
        _toAdd = null;
        // There is an account of this name, so the password is not used.
        await InFacilityAsync(facilityId, async scope =>
            (await teams.InviteAsync(scope, new NewAccount(account.UserName, account.DisplayName, InitialPassword.Generate()), _roleToAdd)).WithoutValue());
    }

    private async Task InFacilityAsync(Guid facilityId, Func<FacilityScope, Task<Result>> work)
    {
        var scope = await scopes.FacilityAsync(facilityId);
        if (scope.IsSuccess)
            await RunAsync(work(scope.Value));
        else
            _error = scope.Error;
    }

    private async Task<bool> RunAsync(Task<Result> work)
    {
        var result = await work;
        _error = result.Error;
        await LoadAsync();
        return result.IsSuccess;
    }

    private sealed record Question(string Title, string Button, bool Danger, Func<string, string> Text)
    {
        public static readonly Question Disable = new("Disable this account?", "Disable", true,
            name => $"{name} is signed out within a minute and cannot sign in again. Their history stays, and you can enable the account again.");

        public static readonly Question Enable = new("Enable this account?", "Enable", false,
            name => $"{name} can sign in again, with the password and the facilities they had.");

        public static readonly Question Promote = new("Make an administrator?", "Make administrator", false,
            name => $"{name} will see every facility's studies, and can make and change facilities and accounts.");

        public static readonly Question Demote = new("Take the administrator role away?", "Take away", true,
            name => $"{name} will only see the facilities they are a member of.");

        public static readonly Question Reset = new("Make a new password?", "Make a new password", true,
            name => $"The present password of {name} stops working, and they are signed out within a minute. You are shown the new one once.");
    }
}
