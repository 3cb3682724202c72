namespace MemoryTriggers.AspNetCore.Tests.Samples;

/// <summary>A span as a collector gets it; ids in hexadecimal digits.</summary>
/// <param name="Trace">The id of the trace.</param>
/// <param name="Id">Its own id.</param>
/// <param name="Parent">The id of the span that it is a part of; empty at the root of a trace.</param>
/// <param name="Name">What it is called.</param>
internal sealed record TelemetrySpan(string Trace, string Id, string Parent, string Name);
