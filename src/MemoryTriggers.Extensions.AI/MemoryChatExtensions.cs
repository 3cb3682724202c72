using MemoryTriggers;

namespace Microsoft.Extensions.AI;

/// <summary>Lets the work of agents be remembered.</summary>
public static class MemoryChatExtensions
{
    /// <summary>
    /// Remembers each exchange: model, sizes, tokens, duration, what failed, and which tools failed; what was said only if the options ask
    /// for it. With a builder: <c>builder.Use((inner, services) => inner.WithMemory(services.GetRequiredService&lt;MemoryHooks&gt;()))</c>.
    /// </summary>
    public static IChatClient WithMemory(this IChatClient client, MemoryHooks hooks, Action<ChatHookOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(hooks);
        return new MemoryChatClient(client, hooks, Options(configure));
    }

    /// <summary>
    /// Remembers when the function fails, and, if the options ask for it, when it succeeds. Arguments and results only if they ask for
    /// those.
    /// </summary>
    public static AIFunction WithMemory(this AIFunction function, MemoryHooks hooks, Action<ChatHookOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(hooks);
        return new MemoryFunction(function, hooks, Options(configure));
    }

    private static ChatHookOptions Options(Action<ChatHookOptions>? configure)
    {
        var options = new ChatHookOptions();
        configure?.Invoke(options);
        return options;
    }
}
