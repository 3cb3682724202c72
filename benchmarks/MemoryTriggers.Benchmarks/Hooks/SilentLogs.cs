using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Benchmarks.Hooks;

/// <summary>Log lines that somebody takes and nobody writes.</summary>
internal sealed class SilentLogs : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
    }

    public void Dispose()
    {
    }
}
