using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Configuration;

/// <summary>The program's loggers, as the section <c>monitoring</c> wants the library to use them.</summary>
internal sealed class ConfiguredLoggers(ILoggerFactory inner, LiveConfiguration live) : ILoggerFactory
{
    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    public ILogger CreateLogger(string categoryName) => new ConfiguredLogger(inner.CreateLogger(categoryName), live);

    // They are the program's.
    public void Dispose()
    {
    }

    private sealed class ConfiguredLogger(ILogger logger, LiveConfiguration live) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => logger.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => logLevel >= Least(live.Current) && logger.IsEnabled(logLevel);

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel)) return;
            if (live.Current.Monitoring.StructuredLogging) logger.Log(logLevel, eventId, state, exception, formatter);
            else logger.Log(logLevel, eventId, formatter(state, exception), exception, static (line, _) => line);
        }

        private static LogLevel Least(ConfigurationSnapshot configuration) =>
            configuration.DebugMode ? LogLevel.Debug : configuration.Monitoring.LogLevel switch
        {
            "DEBUG" => LogLevel.Debug,
            "INFO" => LogLevel.Information,
            "WARNING" => LogLevel.Warning,
            "ERROR" => LogLevel.Error,
            "CRITICAL" => LogLevel.Critical,
            _ => LogLevel.Trace,
        };
    }
}
