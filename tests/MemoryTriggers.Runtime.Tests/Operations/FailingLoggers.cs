using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Operations;

/// <summary>Logs of a program that throw when a line has certain words.</summary>
internal sealed class FailingLoggers(string words) : ILoggerFactory, ILogger
{
    /// <summary>Completes when it has thrown.</summary>
    public TaskCompletionSource Failed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("This factory has no providers.");

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!formatter(state, exception).Contains(words, StringComparison.Ordinal)) return;
        Failed.TrySetResult();
        throw new InvalidOperationException("the log is full");
    }

    public void Dispose()
    {
    }
}
