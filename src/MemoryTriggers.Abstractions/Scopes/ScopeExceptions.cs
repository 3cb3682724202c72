using System.Diagnostics;
using System.Runtime.ExceptionServices;
using MemoryTriggers.Capture;

namespace MemoryTriggers;

/// <summary>
/// Finds out which exceptions leave a scope. For <c>await using</c> the compiler catches, awaits DisposeAsync, and rethrows the same
/// object on the same thread. So exceptions raised inside are noted by a first-chance handler, which is installed only while
/// scopes are open or a rethrow may follow; one that is raised again right after the disposal has left the scope.
/// </summary>
internal static class ScopeExceptions
{
    public const int MaxNoted = 4;

    private static readonly Lock Gate = new();
    private static int _openScopes;
    private static bool _isWatching;

    [ThreadStatic]
    private static Expected? _expected;

    [ThreadStatic]
    private static bool _isHandling;

    private sealed record Expected(TriggerScope Scope, (Exception Exception, StackTrace Trace)[] Candidates);

    public static void Watch()
    {
        Interlocked.Increment(ref _openScopes);
        lock (Gate)
        {
            if (_isWatching) return;
            AppDomain.CurrentDomain.FirstChanceException += OnFirstChance;
            _isWatching = true;
        }
    }

    // The handler stays installed: a rethrow may still follow, and without open scopes it costs two reads.
    public static void Unwatch() => Interlocked.Decrement(ref _openScopes);

    public static void ExpectRethrow(TriggerScope scope, IEnumerable<Exception> noted) =>
        _expected = new Expected(scope, [.. noted.Select(exception => (exception, new StackTrace(exception, fNeedFileInfo: false)))]);

    /// <summary>The thread goes on: no exception has left the scope that it disposed last.</summary>
    public static void Settle()
    {
        if (_expected is not { } expected) return;
        _expected = null;
        expected.Scope.Confirm();
    }

    private static void OnFirstChance(object? sender, FirstChanceExceptionEventArgs arguments)
    {
        if (_isHandling || (_expected is null && Volatile.Read(ref _openScopes) == 0)) return;

        _isHandling = true;
        try
        {
            // Only the very next exception of the thread can be the rethrow.
            var expected = _expected;
            _expected = null;
            if (expected is not null)
            {
                if (IsRethrow(expected, arguments.Exception)) expected.Scope.Correct(arguments.Exception);
                else expected.Scope.Confirm();
            }

            TriggerFlow.Current?.Scope?.Note(arguments.Exception);
        }
        catch (Exception)
        {
            // Capture entry point: a failure here would surface in the middle of the program's own throw. The scope then keeps
            // the outcome that it was accepted with.
            CaptureFaults.Count();
        }
        finally
        {
            _isHandling = false;
        }
    }

    // A rethrow keeps the frames that the exception had; a new throw of the same object restarts its trace.
    private static bool IsRethrow(Expected expected, Exception exception)
    {
        foreach (var (candidate, before) in expected.Candidates)
        {
            if (!ReferenceEquals(candidate, exception)) continue;
            var now = new StackTrace(exception, fNeedFileInfo: false);
            return before.FrameCount == 0 || now.FrameCount >= before.FrameCount &&
                IsSame(now.GetFrame(0)!, before.GetFrame(0)!);
        }

        return false;
    }

    private static bool IsSame(StackFrame first, StackFrame second) =>
        first.GetNativeOffset() == second.GetNativeOffset() &&
        DiagnosticMethodInfo.Create(first)?.Name == DiagnosticMethodInfo.Create(second)?.Name;
}
