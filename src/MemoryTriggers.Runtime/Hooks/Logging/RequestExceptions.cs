using System.Runtime.ExceptionServices;
using MemoryTriggers.Capture;

namespace MemoryTriggers.Hooks;

/// <summary>
/// The exceptions of a request: the last ones that were thrown in its flow, and the last one that it logged as an error. For a request that
/// answers with an error and passes no exception on. Thread-safe.
/// </summary>
internal sealed class RequestExceptions
{
    private const int MostThrown = 8;
    private static int _isWatching;

    [ThreadStatic]
    private static bool _isNoting;

    private readonly Lock _gate = new();
    private List<Exception>? _thrown;
    private Exception? _logged;
    private bool _isOver;

    /// <summary>From now on exceptions are noted where they are thrown.</summary>
    public static void Watch()
    {
        if (Interlocked.Exchange(ref _isWatching, 1) == 0) AppDomain.CurrentDomain.FirstChanceException += NoteThrown;
    }

    /// <summary>The exception that was logged last as an error.</summary>
    public Exception? Logged
    {
        get
        {
            lock (_gate) return _logged;
        }
    }

    /// <summary>Notes an exception that was logged as an error, whether or not the line becomes a memory.</summary>
    public void NoteLogged(Exception exception)
    {
        lock (_gate)
            if (!_isOver) _logged = exception;
    }

    /// <summary>
    /// The exception that was thrown last of those that have left the code that handles requests; where there is none, the logged one. One
    /// that was thrown and handled inside, and not logged, says nothing about the answer.
    /// </summary>
    public Exception? Cause(Predicate<Exception> hasLeft)
    {
        List<Exception> thrown;
        lock (_gate)
        {
            if (_thrown is null) return _logged;
            thrown = [.. _thrown];
        }

        return thrown.FindLast(hasLeft) ?? Logged;
    }

    /// <summary>The request is over: nothing is kept alive, and nothing is noted any more.</summary>
    public void End()
    {
        lock (_gate) (_isOver, _thrown, _logged) = (true, null, null);
    }

    private static void NoteThrown(object? sender, FirstChanceExceptionEventArgs arguments)
    {
        // Where memory has run out, noting may throw, and would be notified of that as well.
        if (_isNoting || HeldLines.OfRequest is not { } held || TriggerFlow.IsCurrentSuppressed) return;

        _isNoting = true;
        try
        {
            held.Exceptions.Note(arguments.Exception);
        }
        catch (OutOfMemoryException)
        {
            CaptureFaults.Count();
        }
        finally
        {
            _isNoting = false;
        }
    }

    // Each frame that awaits throws it again: then it is the last one.
    private void Note(Exception exception)
    {
        lock (_gate)
        {
            if (_isOver) return;
            _thrown ??= new List<Exception>(MostThrown);
            var known = _thrown.FindIndex(other => ReferenceEquals(other, exception));
            if (known >= 0) _thrown.RemoveAt(known);
            else if (_thrown.Count == MostThrown) _thrown.RemoveAt(0);
            _thrown.Add(exception);
        }
    }
}
