using Microsoft.Extensions.Logging;

namespace Noctis.Gateway;

/// <summary>Those who listen to an event of the gateway.</summary>
internal static class Subscribers
{
    /// <summary>Tells each by itself: one page's broken handler must not keep the news from the others, nor end the gateway's own work.</summary>
    public static void Tell<T>(Action<T>? handlers, T news, ILogger logger)
    {
        foreach (var handler in Delegate.EnumerateInvocationList(handlers))
        {
            try
            {
                handler(news);
            }
            catch (Exception exception)
            {
                Log.StatusHandlerFailed(logger, exception);
            }
        }
    }
}
