using System.Collections.Concurrent;
using MemoryTriggers.Capture;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace MemoryTriggers.Hooks;

/// <summary>Makes memories of errors that are logged.</summary>
/// <remarks>The hooks are asked for at the first line and not before: they may log themselves, and the loggers are made of this.</remarks>
[ProviderAlias("MemoryTriggers")]
internal sealed class MemoryLoggerProvider(IServiceProvider services, IOptions<LogHookOptions> options, TimeProvider time)
    : ILoggerProvider, ISupportExternalScope
{
    private readonly ConcurrentDictionary<string, ILogger> _loggers = new(StringComparer.Ordinal);
    private readonly Lazy<MemoryHooks> _hooks = new(services.GetRequiredService<MemoryHooks>);

    public LogHookOptions Options { get; } = options.Value;

    public HookLimiter Limiter { get; } = new(options.Value.MaxPerMinute, options.Value.RepeatWindow, time);

    public IExternalScopeProvider Scopes { get; private set; } = new LoggerExternalScopeProvider();

    public MemoryHooks Hooks => _hooks.Value;

    public ILogger CreateLogger(string categoryName)
    {
        HeldLines.Use();
        return _loggers.GetOrAdd(categoryName, Create);
    }

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => Scopes = scopeProvider;

    /// <summary>Counts a failure where it can be seen: with the hooks, where there are some.</summary>
    public void CountFault()
    {
        if (_hooks.IsValueCreated) _hooks.Value.CountFault();
        else CaptureFaults.Count();
    }

    public void Dispose()
    {
    }

    // What the memory itself logs would feed it for ever.
    private ILogger Create(string category) => IsOwn(category) ? NullLogger.Instance : new MemoryLogger(this, category);

    private static bool IsOwn(string category) =>
        category.StartsWith(nameof(MemoryTriggers), StringComparison.Ordinal)
            && (category.Length == nameof(MemoryTriggers).Length || category[nameof(MemoryTriggers).Length] == '.');
}
