using System.Reflection;
using System.Runtime.CompilerServices;

namespace MemoryTriggers.Capture;

/// <summary>
/// Exceptions that are already remembered: one that leaves a decorated method, is logged on three levels and fails a request is not
/// reported by each hook that sees it. Thread-safe.
/// </summary>
internal static class RememberedExceptions
{
    private static readonly ConditionalWeakTable<Exception, Memory> Known = new();

    /// <summary>
    /// Marks it as remembered. <see langword="true"/> when neither it nor an exception that it wraps was remembered before.
    /// </summary>
    public static bool TryAdd(Exception? exception) =>
        exception is null || !IsKnown(exception) && Known.TryAdd(exception, new Memory { IsTold = true });

    /// <summary>Whether it, or an exception that it wraps, is remembered.</summary>
    public static bool IsKnown(Exception? exception) => Find(exception) is not null;

    /// <summary>Notes the memory that it is in. The first one counts.</summary>
    public static void Note(Exception exception, CaptureId id) => Of(exception).Note(id);

    /// <summary>
    /// Notes the memory of an operation that it failed, as <see cref="Note"/> does. Answers whether that is the first one of the trace: the
    /// others tell of the same occurrence. An exception that comes again in another trace, such as that of a task that many await, is
    /// another one; one that wraps another is the same.
    /// </summary>
    public static bool TryBeFirst(Exception exception, CaptureId id, CaptureId trace) => Of(exception).TryBeFirst(id, trace);

    /// <summary>
    /// The memory of the operation of the trace that it left first. A log line that came before is no operation, and is another memory.
    /// </summary>
    public static FailureMemory LeftFirst(Exception exception, FailureMemory own, CaptureId trace) => Of(exception).LeftFirst(own, trace);

    /// <summary>Notes that it is reported again: if an operation failed with it, that was the same occurrence.</summary>
    public static void TellAgain(Exception exception, CaptureId trace) => Of(exception).TellAgain(trace);

    /// <summary>The memory that it, or what it wraps, is in, as far as that is known.</summary>
    public static CaptureId? MemoryOf(Exception? exception) => Find(exception)?.Id;

    /// <summary>The memory of an earlier report, such as a log line, made before it failed an operation.</summary>
    public static CaptureId? ToldAs(Exception exception) => Find(exception) is { IsTold: true } memory ? memory.Id : null;

    private static Memory Of(Exception exception) => Find(exception) ?? Known.GetValue(Carried(exception), static _ => new Memory());

    // What only carries another exception is not one of its own, nor is it for a fingerprint.
    private static Exception Carried(Exception exception)
    {
        while (exception is AggregateException or TargetInvocationException or TypeInitializationException
            && exception.InnerException is { } inner) exception = inner;
        return exception;
    }

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
        private (CaptureId Id, CaptureId Trace)? _first;
        private (FailureMemory Memory, CaptureId Trace)? _left;

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

        public bool TryBeFirst(CaptureId id, CaptureId trace)
        {
            lock (_gate)
            {
                _id ??= id;
                if (_first is { } first && first.Trace == trace) return first.Id == id;
                _first = (id, trace);
                return true;
            }
        }

        public FailureMemory LeftFirst(FailureMemory own, CaptureId trace)
        {
            lock (_gate)
            {
                if (_left is { } left && left.Trace == trace) return left.Memory;
                _left = (own, trace);
                return own;
            }
        }

        public void TellAgain(CaptureId trace)
        {
            lock (_gate)
            {
                if (_first is { } first) _first = first with { Trace = trace };
            }
        }
    }
}
