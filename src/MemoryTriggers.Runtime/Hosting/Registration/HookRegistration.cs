using MemoryTriggers.Capture;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MemoryTriggers.Hosting;

/// <summary>A callback that was registered before there were hooks.</summary>
internal sealed record HookRegistration(Func<IServiceProvider, MemoryHooks, IDisposable> Register)
{
    /// <summary>The hooks of a program with a host, with the callbacks that it has registered.</summary>
    public static MemoryHooks Create(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<MemoryTriggersOptions>>().Value;
        var hooks = new MemoryHooks(
            options.Hooks,
            provider.GetRequiredService<TimeProvider>(),
            () => provider.GetRequiredService<ILoggerFactory>().CreateLogger<MemoryHooks>(),
            provider.GetRequiredService<CaptureTarget>(),
            options.Lines);
        foreach (var registration in provider.GetServices<HookRegistration>()) registration.Register(provider, hooks);
        return hooks;
    }
}
