namespace MemoryTriggers.Capture;

/// <summary>
/// What capture keeps per thread: the stack of the synchronous triggers that are open on it, and spare records for asynchronous ones.
/// </summary>
/// <remarks>
/// A synchronous record stays in its place on the stack and is used again by the next call at that depth: opening and closing one
/// writes no reference, and so pays for no write barrier.
/// </remarks>
internal sealed class ThreadCapture
{
    private const int MaxKept = 64;
    private const int MaxSpare = 16;

    [ThreadStatic]
    private static ThreadCapture? _instance;

    private readonly CaptureRecord?[] _spare = new CaptureRecord?[MaxSpare];
    private CaptureRecord?[] _open = new CaptureRecord?[8];
    private int _depth;
    private int _spareCount;

    public static ThreadCapture Current => _instance ??= new ThreadCapture();

    /// <summary>The innermost trigger that is open on this thread.</summary>
    public CaptureRecord? Innermost => _depth == 0 ? null : _open[_depth - 1];

    /// <summary>Opens the record of this depth.</summary>
    public CaptureRecord Push()
    {
        if (_depth == _open.Length) Array.Resize(ref _open, _open.Length * 2);
        return _open[_depth++] ??= new CaptureRecord { Thread = this };
    }

    /// <summary>Closes the innermost record. Those of a deep recursion are not kept.</summary>
    public void Pop()
    {
        _depth--;
        if (_depth >= MaxKept) _open[_depth] = null;
    }

    /// <summary>Opens a record that is not the thread's own, for one step of an enumeration.</summary>
    public void Enter(CaptureRecord record)
    {
        if (_depth == _open.Length) Array.Resize(ref _open, _open.Length * 2);
        _open[_depth++] = record;
    }

    /// <summary>Closes it; it must not be taken for the thread's own.</summary>
    public void Leave() => _open[--_depth] = null;

    public CaptureRecord Rent() => _spareCount == 0 ? new CaptureRecord() : _spare[--_spareCount]!;

    public void Return(CaptureRecord record)
    {
        if (_spareCount == MaxSpare) return;
        // What was rented last usually comes back first, and is still at its place.
        if (!ReferenceEquals(_spare[_spareCount], record)) _spare[_spareCount] = record;
        _spareCount++;
    }
}
