using MemoryTriggers;
using MemoryTriggers.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Hooks, policies and alerts of memory triggers.</summary>
public static partial class MemoryTriggersServiceCollectionExtensions
{
    /// <summary>Calls back for events of the given types, as <see cref="MemoryHooks.On(Action{HookEvent}, HookType[])"/>.</summary>
    public static IMemoryTriggersBuilder OnHook(this IMemoryTriggersBuilder builder, Action<HookEvent> callback, params HookType[] types)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return builder.Register((_, hooks) => hooks.On(callback, types));
    }

    /// <summary>Overload with the services of the program.</summary>
    public static IMemoryTriggersBuilder OnHook(this IMemoryTriggersBuilder builder,
        Func<IServiceProvider, HookEvent, CancellationToken, Task> callback, params HookType[] types)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return builder.Register((services, hooks) => hooks.On((hook, token) => callback(services, hook, token), types));
    }

    private static IMemoryTriggersBuilder Register(this IMemoryTriggersBuilder builder,
        Func<IServiceProvider, MemoryHooks, IDisposable> register)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton(new HookRegistration(register));
        return builder;
    }
}
