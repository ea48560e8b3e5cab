namespace Noctis.Portal.Home;

internal static class Greetings
{
    /// <summary>By the viewer's clock. At night people work too, and "good night" is a farewell.</summary>
    public static string For(DateTime local) => local.Hour switch
    {
        < 5 => "Hello",
        < 12 => "Good morning",
        < 18 => "Good afternoon",
        _ => "Good evening",
    };
}
