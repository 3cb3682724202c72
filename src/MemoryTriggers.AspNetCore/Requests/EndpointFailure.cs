using MemoryTriggers.Capture;

namespace MemoryTriggers.Requests;

/// <summary>The memory of an endpoint that failed by its answer; a feature of the request, whose failure it is.</summary>
internal sealed record EndpointFailure(FailureMemory Memory);
