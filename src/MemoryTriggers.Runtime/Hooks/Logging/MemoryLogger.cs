using MemoryTriggers.Capture;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Hooks;

/// <summary>The lines of one category.</summary>
internal sealed class MemoryLogger(MemoryLoggerProvider provider, string category) : ILogger
{
    // A scope, a value or a callback that logs while its line is being remembered.
    [ThreadStatic]
    private static bool _isLogging;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => provider.Scopes.Push(state);

    public bool IsEnabled(LogLevel logLevel) => logLevel >= provider.Options.MinimumLevel && logLevel != LogLevel.None && !_isLogging;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel) || exception is null && provider.Options.OnlyWithException) return;
        if (TriggerFlow.IsCurrentSuppressed) return;

        _isLogging = true;
        try
        {
            if (provider.Hooks.IsOn(HookType.ErrorResolution, isError: true)) Remember(logLevel, eventId, state, exception, formatter);
        }
        catch (Exception)
        {
            // Capture entry point: values and scopes are user code, and the caller must not notice. The failure is counted.
            provider.CountFault();
        }
        finally
        {
            _isLogging = false;
        }
    }

    private void Remember<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        if (exception is not null && logLevel >= LogLevel.Error) HeldLines.OfRequest?.Exceptions.NoteLogged(exception);
        // First: what is in another memory counts neither as the first of its kind nor against the limit.
        var isKnown = RememberedExceptions.IsKnown(exception);
        if (isKnown && HeldLines.Current is null) return;
        var values = new LogValues(state);
        var message = Message(state, exception, formatter, values);
        if (isKnown)
        {
            // Its text belongs to the memory of the request, if that fails of it, and to none otherwise.
            HeldLines.Current?.TryHold(new HeldLine(exception!, $"{category}: {message}", static () => { }));
            return;
        }

        var thrown = exception is null ? "" : $"{exception.GetType()}|{MessageShape.Of(HookContent.MessageOf(exception))}";
        if (provider.Limiter.TryPass($"{category}|{eventId.Id}|{MessageShape.Of(values.Template ?? message)}|{thrown}") is not { } pass)
            return;

        var metadata = provider.Options.IncludeScopes ? values.WithScopes(provider.Scopes, provider.CountFault) : [];
        metadata["level"] = logLevel.ToString();
        if (eventId.Name is { Length: > 0 } name) metadata["event"] = name;
        pass.AddTo(metadata);
        var line = new HookEvent
        {
            Type = HookType.ErrorResolution,
            Operation = category,
            Source = "logger",
            ErrorType = exception is null ? eventId.Name ?? "log" : null,
            ErrorMessage = message,
            Exception = exception,
            Priority = logLevel == LogLevel.Critical ? TriggerPriority.Critical : TriggerPriority.High,
            Tags = ["log"],
            Metadata = metadata,
        };
        var flow = TriggerFlow.Current;
        if (exception is not null
            && HeldLines.Current?.TryHold(new HeldLine(exception, $"{category}: {message}", () => TellLater(line, flow))) == true) return;
        Tell(line);
    }

    // A line that cannot be read is still about an error.
    private string Message<TState>(TState state, Exception? exception, Func<TState, Exception?, string?> formatter, in LogValues values)
    {
        try
        {
            if (formatter(state, exception) is { } message) return values.Clean(message);
        }
        catch (Exception)
        {
            // Capture entry point: the values of a line are the user's code.
            provider.CountFault();
        }

        return values.Template ?? "";
    }

    private void Tell(HookEvent line)
    {
        if (RememberedExceptions.TryAdd(line.Exception)) provider.Hooks.Publish(line);
    }

    // In the flow in which it was logged, which may be over.
    private void TellLater(HookEvent line, TriggerFlow? flow)
    {
        var before = TriggerFlow.Current;
        try
        {
            TriggerFlow.Current = flow;
            Tell(line);
        }
        catch (Exception)
        {
            // Capture entry point, on a timer or at the end of a request: whose it is must not notice. It is counted.
            provider.CountFault();
        }
        finally
        {
            TriggerFlow.Current = before;
        }
    }
}
