namespace MemoryTriggers.Capture;

/// <summary>What capture keeps per thread: spare records, and the innermost trigger that runs on this thread.</summary>
internal sealed class ThreadCapture
{
    private const int MaxSpare = 16;

    [ThreadStatic]
    private static ThreadCapture? _instance;

    private CaptureRecord? _spare;
    private int _spareCount;

    public static ThreadCapture Current => _instance ??= new ThreadCapture();

    /// <summary>The innermost record that is open on this thread. Set and restored by the same thread, like a call stack.</summary>
    public CaptureRecord? Innermost;

    public CaptureRecord Rent()
    {
        var record = _spare;
        if (record is null) return new CaptureRecord();
        _spare = record.NextSpare;
        record.NextSpare = null;
        _spareCount--;
        return record;
    }

    public void Return(CaptureRecord record)
    {
        if (_spareCount >= MaxSpare) return;
        record.NextSpare = _spare;
        _spare = record;
        _spareCount++;
    }
}
