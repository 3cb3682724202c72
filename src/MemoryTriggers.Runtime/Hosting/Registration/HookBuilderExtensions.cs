using MemoryTriggers;
using MemoryTriggers.Hooks;
using MemoryTriggers.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Turns hooks on.</summary>
public static partial class HookBuilderExtensions
{
    /// <summary>Calls back for events of a type, as <see cref="MemoryHooks.On{TEvent}(Action{TEvent})"/>.</summary>
    public static IMemoryTriggersBuilder OnHook<TEvent>(this IMemoryTriggersBuilder builder, Action<TEvent> callback)
        where TEvent : HookEvent
    {
        ArgumentNullException.ThrowIfNull(callback);
        return builder.Register((_, hooks) => hooks.On(callback));
    }

    /// <summary>Calls back for events of a type, with the services of the program.</summary>
    public static IMemoryTriggersBuilder OnHook<TEvent>(this IMemoryTriggersBuilder builder,
        Func<IServiceProvider, TEvent, CancellationToken, Task> callback)
        where TEvent : HookEvent
    {
        ArgumentNullException.ThrowIfNull(callback);
        return builder.Register((services, hooks) => hooks.On<TEvent>((hook, token) => callback(services, hook, token)));
    }

    private static IMemoryTriggersBuilder Register(this IMemoryTriggersBuilder builder,
        Func<IServiceProvider, MemoryHooks, IDisposable> register)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton(new HookRegistration(register));
        return builder;
    }
}
