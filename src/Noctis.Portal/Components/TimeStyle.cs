namespace Noctis.Portal.Components;

public enum TimeStyle
{
    /// <summary>What a list needs: "14:02" today, "Yesterday 14:02", "12 Nov 14:02" this year, "12 Nov 2024" before.</summary>
    Short,

    /// <summary>As short, with the seconds, for lists in which many things happen within a minute.</summary>
    Precise,

    /// <summary>"12 Nov 2026, 14:02:07 CET"</summary>
    Full,

    /// <summary>"12 Nov 2026"</summary>
    Date,

    /// <summary>"14:02:07"</summary>
    Clock,

    /// <summary>"just now", "5 minutes ago", "3 days ago"</summary>
    Relative,
}
