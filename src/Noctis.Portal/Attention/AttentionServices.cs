using Noctis.Portal.Quarantine;

namespace Noctis.Portal.Attention;

internal static class AttentionServices
{
    /// <summary>To find one more kind of trouble: a class that implements <see cref="IAttentionSource"/>, and a line here.</summary>
    public static void AddNoctisAttention(this IServiceCollection services)
    {
        services.AddSingleton<IAttentionSource, CallerAttention>();
        services.AddSingleton<IAttentionSource, SelfTestAttention>();
        services.AddSingleton<IAttentionSource, CertificateAttention>();
        services.AddSingleton<IAttentionSource, StorageAttention>();
        services.AddSingleton<IAttentionSource, QuarantineAttention>();
        services.AddSingleton<IAttentionSource, SilenceAttention>();
        services.AddSingleton<IAttentionSource, ServerAttention>();
        services.AddSingleton<Intake>();
        services.AddSingleton<InstallationAttention>();
        services.AddSingleton<FacilityConcernQueries>();
    }
}
