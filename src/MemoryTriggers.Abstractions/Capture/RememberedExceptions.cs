using System.Runtime.CompilerServices;

namespace MemoryTriggers.Capture;

/// <summary>
/// Exceptions that somebody has remembered: one that leaves a decorated method, is logged on three levels and fails a request is not told of by each hook
/// that hears of it. Thread-safe.
/// </summary>
internal static class RememberedExceptions
{
    private static readonly ConditionalWeakTable<Exception, Memory> Known = [];

    /// <summary>Whether nobody has remembered it, nor what it wraps. From then on somebody has.</summary>
    public static bool TryAdd(Exception? exception) => exception is null || !IsKnown(exception) && Known.TryAdd(exception, new Memory { IsTold = true });

    /// <summary>Whether somebody has remembered it, or what it wraps.</summary>
    public static bool IsKnown(Exception? exception) => Find(exception) is not null;

    /// <summary>Notes the memory that it is in. The first one counts.</summary>
    public static void Note(Exception exception, CaptureId id) => Known.GetValue(exception, static _ => new Memory()).Note(id);

    /// <summary>The memory that it, or what it wraps, is in, as far as that is known.</summary>
    public static CaptureId? MemoryOf(Exception? exception) => Find(exception)?.Id;

    /// <summary>The memory of whoever was told of it, such as the log, before it failed an operation.</summary>
    public static CaptureId? ToldAs(Exception exception) => Find(exception) is { IsTold: true } memory ? memory.Id : null;

    private static Memory? Find(Exception? exception)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (Known.TryGetValue(inner, out var memory)) return memory;
        }

        return null;
    }

    private sealed class Memory
    {
        private readonly Lock _gate = new();
        private CaptureId? _id;

        public bool IsTold { get; init; }

        public CaptureId? Id
        {
            get
            {
                lock (_gate) return _id;
            }
        }

        public void Note(CaptureId id)
        {
            lock (_gate) _id ??= id;
        }
    }
}
