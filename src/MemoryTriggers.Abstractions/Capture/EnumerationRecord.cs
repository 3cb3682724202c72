namespace MemoryTriggers.Capture;

/// <summary>The record of one enumeration: begins at the first step, ends once. Used by one thread at a time, as enumerators are.</summary>
internal sealed class EnumerationRecord(CaptureRecord template)
{
    private CaptureRecord? _record;
    private TriggerFlow? _flow;
    private bool _ended;
    private long _items;

    /// <summary>Makes this enumeration the innermost trigger of the thread for one step.</summary>
    public CaptureRecord? Enter()
    {
        if (_ended) return null;
        var thread = ThreadCapture.Current;
        Start(thread);
        thread.Enter(_record!);
        return _record;
    }

    public static void Leave(CaptureRecord? entered)
    {
        if (entered is not null) ThreadCapture.Current.Leave();
    }

    /// <summary>Makes this enumeration the parent in the flow for one step.</summary>
    /// <returns>The flow to go back to.</returns>
    public TriggerFlow? EnterFlow()
    {
        var outer = TriggerFlow.Current;
        if (_ended) return outer;
        Start(ThreadCapture.Current);
        TriggerFlow.Current = _flow ??= _record!.OpenFlow();
        return outer;
    }

    public void Step(bool more)
    {
        if (more) _items++;
        else End(static record => record.Succeed());
    }

    public bool Fail(Exception exception)
    {
        End(record => record.Leave(exception));
        return false;
    }

    public void Abandon() => End(static record => record.Abandon());

    private void Start(ThreadCapture thread)
    {
        if (_record is not null) return;
        // Not from the pool: an enumerator that is never disposed must not hold a shared record.
        _record = new CaptureRecord();
        _record.StartFrom(template, TriggerFlow.Current, thread.Innermost);
    }

    private void End(Action<CaptureRecord> outcome)
    {
        if (_ended || _record is null) return;
        _ended = true;
        _record.Items(_items);
        outcome(_record);
        TriggerHub.Accept(_record);
    }
}
