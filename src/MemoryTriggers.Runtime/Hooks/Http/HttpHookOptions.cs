using System.ComponentModel.DataAnnotations;
using System.Net;
using MemoryTriggers.Validation;

namespace MemoryTriggers;

/// <summary>Which requests of a program become memories: those that another service has failed.</summary>
public sealed class HttpHookOptions
{
    /// <summary>Set on a request, it is the route that the memory names, such as <c>/orders/{id}</c>.</summary>
    public static readonly HttpRequestOptionsKey<string> Route = new("MemoryTriggers.Route");

    /// <summary>Which answers count as failures. <value>5xx, 408 and 429</value></summary>
    public Func<HttpStatusCode, bool> IsFailure { get; set; } = static status =>
        (int)status >= 500 || status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests;

    /// <summary>
    /// A request that is given up after at least this time counts as timed out, 1 ms to an hour; before it, the program has changed its
    /// mind. <value>5 s</value>
    /// </summary>
    [TimeSpanRange("00:00:00.0010000", "01:00:00")]
    public TimeSpan TimedOutAfter { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How many memories a minute it makes at most, 1 to 10,000; the number left out is in the next one. <value>60</value>
    /// </summary>
    [Range(1, 10_000)]
    public int MaxPerMinute { get; set; } = 60;

    /// <summary>
    /// How long a repeat is not remembered again, 1 ms to a day; the number of repeats is in the next memory of it. <value>1 minute</value>
    /// </summary>
    [TimeSpanRange("00:00:00.0010000", "1.00:00:00")]
    public TimeSpan RepeatWindow { get; set; } = TimeSpan.FromMinutes(1);
}
