using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.TestKit;

/// <summary>Keeps what was logged.</summary>
internal sealed class CollectingLoggers : ILoggerFactory, ILogger
{
    private readonly ConcurrentQueue<(LogLevel Level, string Line)> _lines = [];

    public CollectingLoggers(out CollectingLoggers self) => self = this;

    public IReadOnlyList<string> Lines => [.. _lines.Select(static entry => entry.Line)];

    public IReadOnlyList<string> Warnings => [.. _lines.Where(static entry => entry.Level >= LogLevel.Warning).Select(static entry => entry.Line)];

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("This factory has no providers.");

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue((logLevel, formatter(state, exception)));

    public void Dispose()
    {
    }
}
