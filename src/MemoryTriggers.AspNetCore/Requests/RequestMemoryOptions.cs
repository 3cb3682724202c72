using System.ComponentModel.DataAnnotations;
using MemoryTriggers.Validation;

namespace MemoryTriggers;

/// <summary>Which requests are remembered, and what of them. Bodies never are. Read once, when the middleware is added.</summary>
public sealed class RequestMemoryOptions
{
    /// <summary>The default of <see cref="FailureStatus"/>.</summary>
    public const int DefaultFailureStatus = 500;

    /// <summary>
    /// A request that takes this long is remembered as slow, 1 ms to an hour; <see langword="null"/>: none is. WebSockets and streams of
    /// events, which are meant to last, are not measured. <value>1 s</value>
    /// </summary>
    [TimeSpanRange("00:00:00.0010000", "01:00:00")]
    public TimeSpan? SlowerThan { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The least status code that makes a request a failed one, 400 to 599. <value>500: what the server could not do</value>
    /// </summary>
    [Range(400, 599)]
    public int FailureStatus { get; set; } = DefaultFailureStatus;

    /// <summary>The request headers to keep, by name. One whose name gives a secret away is marked, not kept. <value>None</value></summary>
    public IList<string> Headers { get; } = [];

    /// <summary>The parameters of the query string to keep, by name; as with headers. <value>None</value></summary>
    public IList<string> Query { get; } = [];

    /// <summary>The values of the route's parameters to keep, by name; as with headers. <value>None</value></summary>
    public IList<string> RouteValues { get; } = [];
}
