using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Noctis.Archive.Database;
using Noctis.Portal.Components;

namespace Noctis.Portal.Layout;

/// <summary>
/// What a page does not catch is a bug: the page is replaced by a message with a reference that is found in the log, the frame stays,
/// and the next page works.
/// </summary>
public sealed class PageErrorBoundary(ILogger<PageErrorBoundary> logger) : ErrorBoundaryBase
{
    private string _reference = "";

    protected override Task OnErrorAsync(Exception exception)
    {
        _reference = Activity.Current?.TraceId.ToHexString()[..8] ?? RandomNumberGenerator.GetHexString(8, lowercase: true);
        Log.PageFailed(logger, _reference, exception);
        return Task.CompletedTask;
    }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        if (CurrentException is null)
        {
            builder.AddContent(0, ChildContent);
            return;
        }

        var (what, why) = DatabaseFaults.IsUnavailable(CurrentException)
            ? ("The database does not answer.", "Until it does, nothing can be shown and images are refused; devices send them again. Somebody has to look at the database and its server.")
            : ("This page failed.", "It is an error in Noctis, not something you did. Nothing that was saved is lost.");
        builder.OpenComponent<ErrorMessage>(1);
        builder.AddComponentParameter(2, nameof(ErrorMessage.What), what);
        builder.AddComponentParameter(3, nameof(ErrorMessage.Why), why);
        builder.AddComponentParameter(4, nameof(ErrorMessage.Reference), _reference);
        builder.AddComponentParameter(5, nameof(ErrorMessage.OnRetry), EventCallback.Factory.Create(this, Recover));
        builder.CloseComponent();
    }
}
