using System.Text;

namespace MemoryTriggers.AspNetCore.Tests.Samples;

/// <summary>Reads the spans of an export of OTLP: of Protocol Buffers, as much as that takes.</summary>
internal static class SpanReader
{
    // ExportTraceServiceRequest.resource_spans, ResourceSpans.scope_spans, ScopeSpans.spans
    private static readonly int[] WayToSpans = [1, 2, 2];

    public static IEnumerable<TelemetrySpan> Read(ReadOnlyMemory<byte> request) =>
        WayToSpans.Aggregate((IEnumerable<ReadOnlyMemory<byte>>)[request], static (messages, field) => messages.SelectMany(message => Fields(message).Where(found => found.Number == field).Select(static found => found.Content)))
            .Select(Span);

    private static TelemetrySpan Span(ReadOnlyMemory<byte> message)
    {
        var fields = Fields(message).DistinctBy(static field => field.Number).ToDictionary(static field => field.Number, static field => field.Content);
        return new TelemetrySpan(Digits(fields, 1), Digits(fields, 2), Digits(fields, 4), Encoding.UTF8.GetString(fields[5].Span));
    }

    private static string Digits(Dictionary<int, ReadOnlyMemory<byte>> fields, int number) => fields.TryGetValue(number, out var bytes) ? Convert.ToHexStringLower(bytes.Span) : "";

    // Only what has a length is of interest: texts, bytes and messages.
    private static List<(int Number, ReadOnlyMemory<byte> Content)> Fields(ReadOnlyMemory<byte> message)
    {
        var fields = new List<(int, ReadOnlyMemory<byte>)>();
        while (message.Length > 0)
        {
            var key = Number(ref message);
            if ((key & 7) == 0) Number(ref message);
            else
            {
                var length = (key & 7) switch { 1 => sizeof(long), 5 => sizeof(int), _ => (int)Number(ref message) };
                if ((key & 7) == 2) fields.Add(((int)(key >> 3), message[..length]));
                message = message[length..];
            }
        }

        return fields;
    }

    private static ulong Number(ref ReadOnlyMemory<byte> message)
    {
        var number = 0UL;
        for (var (i, shift) = (0, 0); ; i++, shift += 7)
        {
            var part = message.Span[i];
            number |= (ulong)(part & 0x7F) << shift;
            if (part >= 0x80) continue;
            message = message[(i + 1)..];
            return number;
        }
    }
}
