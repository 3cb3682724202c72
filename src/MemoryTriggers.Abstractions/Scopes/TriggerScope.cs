using MemoryTriggers.Capture;

namespace MemoryTriggers;

/// <summary>
/// Remembers a block of code: <c>await using var ctx = TriggerScope.Workflow("deployment", project: "shop");</c>.
/// What runs inside it, on whatever thread, has it as its parent. Thread-safe; after disposal every call is ignored.
/// </summary>
/// <remarks>
/// <para>
/// How it ended: <see cref="Complete"/> or <see cref="SetResult"/> means success, <see cref="Fail"/> means failure. With neither,
/// a block that no exception left is a success; an exception that leaves an <c>await using</c> block is a failure with that
/// exception, and one that is handled inside is noted on a success. A plain <c>using</c> cannot tell the two apart: there an
/// exception that was thrown inside means failure, unless the block said how it ended.
/// </para>
/// <para>While no runtime is started, all scopes are one and the same object that does nothing.</para>
/// </remarks>
public sealed partial class TriggerScope : IFlowScope, IAsyncDisposable, IDisposable
{
    private static readonly TriggerScope Inert = new();

    private readonly Lock _gate = new();
    private readonly CaptureRecord? _record;
    private readonly TriggerScope? _outer;
    private readonly List<Exception> _noted = [];
    private int _beforeHandled;
    private bool _isDecided;
    private bool _isDisposed;

    private TriggerScope()
    {
        _isDisposed = true;
    }

    private TriggerScope(TriggerDescriptor descriptor, TriggerFlow? outerFlow)
    {
        _outer = outerFlow?.Scope as TriggerScope;
        _record = new CaptureRecord();
        _record.Start(descriptor, outerFlow, ThreadCapture.Current.Innermost);
    }

    /// <summary>The innermost scope around the running code, or <see langword="null"/>.</summary>
    public static TriggerScope? Current => TriggerFlow.Current?.Scope as TriggerScope;

    /// <summary>Adds a value to the memory. A string under a name that gives a secret away is not captured.</summary>
    public TriggerScope AddMetadata(string name, object? value)
    {
        ArgumentNullException.ThrowIfNull(name);
        Write(record => record.Metadata(name, value));
        return this;
    }

    /// <summary>
    /// Adds several values: <c>scope.AddMetadata(("version", "1.0.0"), ("replicas", 3))</c>. A string under a name that gives a secret away
    /// is not captured.
    /// </summary>
    /// <exception cref="ArgumentNullException">There is no array, or a name is missing.</exception>
    public TriggerScope AddMetadata(params (string Name, object? Value)[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        foreach (var (name, value) in values) AddMetadata(name, value);
        return this;
    }

    /// <summary>Adds the values of a dictionary, as <see cref="AddMetadata(string, object?)"/> does.</summary>
    /// <exception cref="ArgumentNullException">There is none.</exception>
    public TriggerScope AddMetadata(IEnumerable<KeyValuePair<string, object?>> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        foreach (var named in values) AddMetadata(named.Key, named.Value);
        return this;
    }

    /// <summary>Adds tags to the memory; empty ones and repetitions are left out.</summary>
    public TriggerScope AddTags(params ReadOnlySpan<string> tags)
    {
        foreach (var tag in tags)
        {
            if (tag is { Length: > 0 }) Write(record => record.Tag(tag));
        }

        return this;
    }

    /// <summary>Adds tags to the memory, for languages without spans as parameter lists: C# before 13, F#, Visual Basic.</summary>
    /// <exception cref="ArgumentNullException">There is no array.</exception>
    public TriggerScope AddTags(params string[] tags)
    {
        ArgumentNullException.ThrowIfNull(tags);
        return AddTags(tags.AsSpan());
    }

    /// <summary>Ending the scope waits until its memory is forced to disk, as a rule a few milliseconds.</summary>
    public TriggerScope Synced()
    {
        Write(static record => record.MustSync = true);
        return this;
    }

    /// <summary>Sets the result, and with it success.</summary>
    public TriggerScope SetResult<T>(T result)
    {
        Write(record => record.Result(result), decides: true);
        return this;
    }

    /// <summary>The block succeeded, whatever was thrown and handled in it.</summary>
    public TriggerScope Complete()
    {
        Write(static record => record.Succeed(), decides: true);
        return this;
    }

    /// <summary>The block failed.</summary>
    /// <param name="exception">Why.</param>
    public TriggerScope Fail(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        Write(record => record.LeaveBlock(exception), decides: true);
        return this;
    }

    /// <summary>
    /// What is known about the error with which the block failed, once <see cref="Fail"/> was called or the exception has left it;
    /// <see langword="null"/> when it is new, or the runtime does not recall by itself.
    /// </summary>
    public RecalledError? Recalled
    {
        get
        {
            lock (_gate) return _record?.Recalled;
        }
    }

    /// <summary>
    /// Marks this block as the resolution of an error: when the error occurs again, the memory of this block is recalled.
    /// </summary>
    public TriggerScope Resolves(Exception error) => Resolves(ErrorFingerprint.Of(error));

    /// <summary>
    /// Marks this block as the resolution of an error: when the error occurs again, the memory of this block is recalled.
    /// </summary>
    public TriggerScope Resolves(ErrorFingerprint error) => AddTags("resolution", error.ResolutionTag);

    /// <summary>Ends the scope of a plain <c>using</c>.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed) return;
            if (!_isDecided && _noted.Count > 0) _record!.Exception(_noted[^1]);
            End();
        }
    }

    /// <summary>Ends the scope of an <c>await using</c>. Completes synchronously.</summary>
    // Not an async method: what one changes in the flow does not come back to its caller, and the rethrow must follow on this thread.
    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (_isDisposed) return ValueTask.CompletedTask;
            var mayRethrow = !_isDecided && _noted.Count > 0;
            if (mayRethrow)
            {
                _beforeHandled = _record!.Buffer.Position;
                NoteHandled();
            }

            End(isFinal: !mayRethrow);
            if (mayRethrow) ScopeExceptions.ExpectRethrow(this, _noted);
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Notes an exception that was raised inside, handled or not.</summary>
    void IFlowScope.Note(Exception exception)
    {
        for (var scope = this; scope is not null; scope = scope._outer)
        {
            lock (scope._gate)
            {
                if (scope._isDisposed) continue;
                scope._noted.RemoveAll(known => ReferenceEquals(known, exception));
                if (scope._noted.Count == ScopeExceptions.MaxNoted) scope._noted.RemoveAt(0);
                scope._noted.Add(exception);
            }
        }
    }

    /// <summary>An exception left the block after all: another record replaces the provisional one.</summary>
    internal void Correct(Exception exception)
    {
        lock (_gate)
        {
            // It was not handled.
            _noted.RemoveAll(noted => ReferenceEquals(noted, exception));
            _record!.Buffer.Position = _beforeHandled;
            NoteHandled();
            _record.LeaveBlock(exception);
            TriggerHub.Accept(_record);
        }
    }

    /// <summary>No exception left the block: the outcome is final.</summary>
    internal void Confirm()
    {
        lock (_gate) TriggerHub.Settle(_record!);
    }

    private static TriggerScope Open(
        TriggerType type, string operation, string? project, string? subject, TriggerPriority? priority)
    {
        ArgumentException.ThrowIfNullOrEmpty(operation);
        var outer = TriggerFlow.Current;
        ScopeExceptions.Settle();
        var descriptor = ScopeDescriptors.Of(type);
        if (!TriggerHub.IsWanted(descriptor, outer) || outer is { IsSuppressed: true }) return Inert;

        var scope = new TriggerScope(descriptor, outer);
        scope.Describe(type, operation, project ?? outer?.Project, subject, priority);
        ScopeExceptions.Watch();
        TriggerFlow.Current = scope._record!.OpenFlow(scope, project);
        return scope;
    }

    private void Describe(TriggerType type, string operation, string? project, string? subject, TriggerPriority? priority)
    {
        var record = _record!;
        record.Override(CaptureOverride.Operation, operation);
        record.Override(CaptureOverride.Source, TriggerDefaults.ScopeSource(type, subject));
        if (project is { Length: > 0 }) record.Override(CaptureOverride.Project, project);
        if (subject is { Length: > 0 }) record.Override(CaptureOverride.Subject, subject);
        if (priority is { } level) record.Priority = level;
    }

    private void Write(Action<CaptureRecord> write, bool decides = false)
    {
        lock (_gate)
        {
            if (_isDisposed) return;
            write(_record!);
            _isDecided |= decides;
        }
    }

    private void NoteHandled()
    {
        foreach (var exception in _noted) _record!.Exception(exception, CaptureField.HandledException);
    }

    private void End(bool isFinal = true)
    {
        _isDisposed = true;
        ScopeExceptions.Settle();
        ScopeExceptions.Unwatch();
        if (ReferenceEquals(TriggerFlow.Current?.Scope, this)) TriggerFlow.Current = _record!.FlowAtEntry;
        TriggerHub.Accept(_record!, isFinal);
    }
}
