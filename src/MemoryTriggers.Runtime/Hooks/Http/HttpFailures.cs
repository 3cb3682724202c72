using System.Globalization;
using System.Net;
using MemoryTriggers.Capture;
using Microsoft.Extensions.Options;

namespace MemoryTriggers.Hooks;

/// <summary>The memories of requests; one for all clients, so that the limits hold for all of them together.</summary>
internal sealed class HttpFailures(IOptions<HttpHookOptions> options, TimeProvider time, HttpTimeouts timeouts, MemoryHooks? hooks = null)
{
    private readonly HttpHookOptions _options = options.Value;
    private readonly HookLimiter _limiter = new(options.Value.MaxPerMinute, options.Value.RepeatWindow, time);

    /// <summary>Whether it is worth looking: not for what the memory itself sends.</summary>
    public bool IsOn => hooks is not null && hooks.IsOn(HookType.ErrorResolution, isError: true)
        && !TriggerFlow.IsCurrentSuppressed;

    public long Timestamp => time.GetTimestamp();

    /// <summary>Made for an exception filter as well: always answers <see langword="false"/>.</summary>
    /// <param name="client">The name of the client.</param>
    /// <param name="request">The request.</param>
    /// <param name="status">The status of the response, if any.</param>
    /// <param name="exception">The exception thrown instead of a response.</param>
    /// <param name="started">When.</param>
    public bool Saw(string? client, HttpRequestMessage request, HttpStatusCode? status, Exception? exception, long started)
    {
        try
        {
            var duration = time.GetElapsedTime(started);
            if (Kind(client, status, exception, duration) is { } kind) Tell(RequestRoute.Of(request), kind, status, exception, duration);
        }
        catch (Exception)
        {
            // Capture entry point: the judgement is the user's code, and the request must not notice.
            hooks!.CountFault();
        }

        return false;
    }

    private string? Kind(string? client, HttpStatusCode? status, Exception? exception, TimeSpan duration) => (status, exception) switch
    {
        ({ } answer, _) => _options.IsFailure(answer) ? string.Create(CultureInfo.InvariantCulture, $"http_{(int)answer}") : null,
        (_, OperationCanceledException) => duration >= _options.TimedOutAfter || timeouts.IsOver(client, duration) ? "http_timeout" : null,
        // Said by the client itself, of an address that it cannot use or of its own end: no dependency had a part in it.
        (_, NotSupportedException or InvalidOperationException or ArgumentException) => null,
        (_, HttpRequestException { HttpRequestError: not HttpRequestError.Unknown and var error }) => $"http_{error}",
        _ => exception!.GetType().Name,
    };

    private void Tell(RequestRoute route, string kind, HttpStatusCode? status, Exception? exception, TimeSpan duration)
    {
        if (_limiter.TryPass($"{route}|{kind}") is not { } pass) return;
        var metadata = new Dictionary<string, object?> { ["host"] = route.Host, ["route"] = route.Path, ["method"] = route.Method };
        if (status is { } answer) metadata["status"] = (int)answer;
        pass.AddTo(metadata);
        // The line that the program logs of it says nothing new.
        if (exception is not null) RememberedExceptions.TryAdd(exception);
        hooks!.Publish(new HookEvent
        {
            Type = HookType.ErrorResolution,
            Operation = route.ToString(),
            Source = "http_client",
            ErrorType = kind,
            // Only its type: a message may quote the address as it was, with the part after the question mark.
            ErrorMessage = status is { } code
                ? $"The dependency answered {(int)code}"
                : $"The dependency did not answer ({exception!.GetType().Name})",
            Priority = TriggerPriority.High,
            Duration = duration,
            About = exception,
            Tags = ["dependency", route.Host],
            Metadata = metadata,
        });
    }
}
