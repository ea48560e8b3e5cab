namespace Noctis.Portal.Journal;

/// <summary>The last fix that a person made, so that it can be taken back wherever they have gone since: what was fixed leaves its list at once.</summary>
public sealed class AppliedFixes
{
    public event Action? Changed;

    public AppliedFix? Last { get; private set; }

    public void Show(AppliedFix? applied)
    {
        Last = applied;
        Changed?.Invoke();
    }
}
