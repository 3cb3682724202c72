using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Circuits;

internal static partial class Log
{
    [LoggerMessage(7001, LogLevel.Warning, "The circuit of store {Backend} is open: {Reason}")]
    public static partial void CircuitOpened(ILogger logger, string backend, string reason);

    [LoggerMessage(7002, LogLevel.Information, "The circuit of store {Backend} is {State}: {Reason}")]
    public static partial void CircuitChanged(ILogger logger, string backend, string state, string reason);

    [LoggerMessage(7003, LogLevel.Error, "A handler of the circuit of store {Backend} failed")]
    public static partial void HandlerFailed(ILogger logger, string backend, Exception exception);
}
