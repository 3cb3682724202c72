using System.Buffers.Binary;
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace MemoryTriggers.Capture;

/// <summary>
/// One execution of a trigger on its way into the journal. Pooled: used by generated code between
/// <see cref="TriggerHub.Begin"/> and <see cref="TriggerHub.End"/> and never afterwards. Used by one thread at a time.
/// No method of it throws.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed partial class CaptureRecord
{
    private const ulong SerialsPerInstance = 1UL << 32;
    private const long NotMeasured = -1;
    private static long _instances;

    private readonly CaptureBuffer _buffer = new();
    private ulong _serial = (ulong)Interlocked.Increment(ref _instances) * SerialsPerInstance;
    private CaptureSecrets _secrets;
    private CaptureId _parent;
    private long _started;
    private long _created;
    private TriggerOutcome _outcome;
    private bool _accepted;
    private bool _isProvisional;

    // Set on few records: those that join the memory of another one.
    private TriggerPriority? _lane;
    private bool _isEcho;

    private Activity? _activity;
    private bool _isTraced;
    private string? _project;

    // Set only on records that are not pooled, and so never reset.
    private long _lasted = NotMeasured;

    internal CaptureRecord()
    {
    }

    /// <summary>The thread that a record for synchronous executions belongs to.</summary>
    internal ThreadCapture? Thread { get; init; }

    internal TriggerFlow? FlowAtEntry { get; private set; }

    internal TriggerDescriptor Descriptor { get; private set; } = null!;

    internal CaptureId Id { get; private set; }

    /// <summary>The known error of the exception that was noted last.</summary>
    internal RecalledError? Recalled { get; private set; }

    internal CaptureId Trace { get; private set; }

    internal CaptureBuffer Buffer => _buffer;

    internal TriggerPriority Priority { get; set; }

    /// <summary>The lane in the journal: that of its priority, or of the memory that it joins.</summary>
    internal TriggerPriority Lane => _lane ?? Priority;

    /// <summary>Whether handing over waits until the record is forced to disk.</summary>
    internal bool MustSync { get; set; }

    /// <summary>Whether something is to be handed over: nothing was yet, or the outcome has changed since.</summary>
    internal bool IsPending { get; private set; }

    /// <summary>Whether a sink has had it.</summary>
    internal bool IsAccepted => _accepted;

    /// <summary>Whether it was handed over with an outcome that may still change.</summary>
    internal bool IsProvisional => _isProvisional;

    /// <summary>Whether the result is wanted; generated code asks before it reads what is costly.</summary>
    public bool CapturesResult => Descriptor.CapturesResult;

    internal void Start(TriggerDescriptor descriptor, TriggerFlow? flow, CaptureRecord? innermost)
    {
        _started = CaptureClock.Timestamp;
        _created = CaptureClock.UtcTicks(_started);
        _outcome = TriggerOutcome.Success;
        _accepted = false;
        _isProvisional = false;
        IsPending = true;
        _secrets = default;
        if (_isTraced) (_activity, _isTraced) = (null, false);
        if (_isEcho) (_isEcho, _lane) = (false, null);
        Recalled = null;
        _buffer.Reset();
        // Reading is cheaper than the write barrier, and the same trigger often comes again.
        if (!ReferenceEquals(Descriptor, descriptor)) Descriptor = descriptor;
        if (!ReferenceEquals(FlowAtEntry, flow)) FlowAtEntry = flow;
        Priority = descriptor.Priority;
        MustSync = descriptor.MustSync;
        Id = CaptureId.Create(_created, _serial++);

        // What is open on this thread is the parent, unless the thread has meanwhile turned to another flow.
        if (innermost is not null && ReferenceEquals(innermost.FlowAtEntry, flow))
        {
            _parent = innermost.Id;
            Trace = innermost.Trace;
        }
        else if (flow is not null && !flow.Trace.IsEmpty)
        {
            // A flow with a trace and no id is that of a request, which is not the parent of what runs inside.
            _parent = flow.Id;
            Trace = flow.Trace;
        }
        else
        {
            _parent = default;
            Trace = Id;
        }

        _project = null;
        if (flow is not null) Inherit(flow);
        if (innermost is not null && !innermost._secrets.AreNone && ReferenceEquals(innermost.FlowAtEntry, flow))
            _secrets.Add(innermost._secrets);
    }

    /// <summary>Starts a record of its own that begins with what another one, never finished, has captured.</summary>
    internal void StartFrom(CaptureRecord template, TriggerFlow? flow, CaptureRecord? innermost)
    {
        Start(template.Descriptor, flow, innermost);
        _buffer.CopyFrom(template._buffer);
        _secrets = template._secrets;
        _project = template._project;
        if (flow is not null) Inherit(flow);
    }

    /// <summary>For an operation that was measured elsewhere and has just ended.</summary>
    internal void Lasted(TimeSpan duration)
    {
        _created -= duration.Ticks;
        _lasted = duration.Ticks;
    }

    /// <summary>For an operation whose trace need not be the one that is current at its end.</summary>
    internal void Traced(Activity? activity) => (_activity, _isTraced) = (activity, true);

    internal void Exception(Exception exception, CaptureField field = CaptureField.Exception)
    {
        if (field == CaptureField.Exception)
        {
            IsPending = true;
            _outcome = TriggerOutcomes.Of(exception);
        }

        CaptureExceptionWriter.Write(_buffer, field, exception, ref _secrets, TriggerHub.KeepsErrorText(FlowAtEntry));
        if (field != CaptureField.Exception || !_outcome.IsError()) return;
        // A line that was logged on its way here could not know whether it would get here: two memories of one failure, of which this one
        // names the other.
        if (RememberedExceptions.ToldAs(exception) is { } told && told != Id) Metadata("remembered_as", told.ToGuid().ToString());
        if (Descriptor.CapturesOnError && !RememberedExceptions.TryBeFirst(exception, Id, Trace)) Tag(ErrorFingerprint.EchoTag);
        Recalled = TriggerHub.Recall(exception, _project ?? Descriptor.Definition.Project, FlowAtEntry);
    }

    /// <summary>
    /// The operation failed with this exception. If the exception has failed an operation inside, the record joins the memory of that one.
    /// </summary>
    internal void Leave(Exception exception)
    {
        if (FirstOf(exception) is { } first && first.Id != Id) Join(first);
        else if (_isEcho) Override(CaptureOverride.EchoOf, "");
    }

    /// <summary>
    /// The block failed with this exception. What the program has put into words is a memory of its own, which operations around it join.
    /// </summary>
    internal void LeaveBlock(Exception exception) => FirstOf(exception);

    private FailureMemory? FirstOf(Exception exception)
    {
        Exception(exception);
        if (!_outcome.IsError() || !Descriptor.CapturesOnError) return null;
        return RememberedExceptions.LeftFirst(exception, new FailureMemory(Id, Lane), Trace);
    }

    /// <summary>It is about the same failure as that memory, which is the one to keep. It follows it through the same lane.</summary>
    internal void Join(in FailureMemory first)
    {
        Override(CaptureOverride.EchoOf, first.Id.ToGuid().ToString());
        _isEcho = true;
        // A correction stays in the lane of the record that it corrects.
        if (!_accepted) _lane = first.Lane;
    }

    /// <summary>Notes that it failed where no exception says so, such as a request that was answered with an error.</summary>
    internal void Fail(TriggerOutcome outcome = TriggerOutcome.Failure)
    {
        IsPending = true;
        _outcome = outcome;
    }

    /// <summary>Another trigger takes the record over: what an execution was may show at its end only.</summary>
    internal void Become(TriggerDescriptor descriptor)
    {
        Descriptor = descriptor;
        Priority = descriptor.Priority;
        MustSync = descriptor.MustSync;
    }

    internal void Abandon() => _outcome = TriggerOutcome.Abandoned;

    /// <summary>
    /// The flow of what runs inside an execution that may leave no memory: it shares the trace, and has no parent to point at.
    /// </summary>
    internal TriggerFlow OpenTrace() =>
        new(default, Trace, Descriptor.Definition.Project ?? FlowAtEntry?.Project, FlowAtEntry?.Scope, FlowAtEntry?.Around);

    /// <summary>The flow in which this execution is the parent.</summary>
    internal TriggerFlow OpenFlow(IFlowScope? scope = null, string? project = null) =>
        new(
        Id, Trace, project ?? Descriptor.Definition.Project ?? FlowAtEntry?.Project, scope ?? FlowAtEntry?.Scope, FlowAtEntry?.Around);

    /// <summary>Hands the record over. A second time it replaces the first.</summary>
    /// <param name="sink">Takes it.</param>
    /// <param name="isFinal">Whether nothing can change the outcome any more; else <see cref="Settle"/> or another call follows.</param>
    internal void Accept(AttachedSink? sink, bool isFinal = true)
    {
        IsPending = false;
        _isProvisional = !isFinal;
        var wanted = _outcome.IsError() ? Descriptor.CapturesOnError : Descriptor.CapturesOnSuccess;
        if (!wanted && !_accepted) return;
        if (sink is null || sink.IsDetached)
        {
            TriggerHub.NoteLate(FlowAtEntry);
            return;
        }

        try
        {
            WriteHead(_lasted == NotMeasured ? CaptureClock.Ticks(CaptureClock.Timestamp - _started) : _lasted);
            sink.Records.Accept(Lane, _buffer.Written);
            _accepted = true;
            if (MustSync) sink.Disk?.Sync();
        }
        catch (Exception)
        {
            // Capture entry point: whatever is wrong with us, the decorated method does not notice. Health shows the count.
            CaptureFaults.Count();
        }
    }

    /// <summary>The outcome that was handed over is final.</summary>
    internal void Settle(AttachedSink? sink)
    {
        if (_isProvisional && _accepted) sink?.Outcomes?.Settle(Id);
        _isProvisional = false;
    }

    /// <summary>The finished record, for one that is not handed over by the hub. Valid until the record is used again.</summary>
    internal ReadOnlySpan<byte> ToBytes()
    {
        WriteHead(_lasted == NotMeasured ? CaptureClock.Ticks(CaptureClock.Timestamp - _started) : _lasted);
        return _buffer.Written;
    }

    private void WriteHead(long duration)
    {
        var flags = (_accepted ? CaptureFlags.Correction : 0) | (_buffer.IsTruncated ? CaptureFlags.Truncated : 0)
            | (_isProvisional ? CaptureFlags.Provisional : 0);
        var head = new CaptureHead
        {
            Version = CaptureFormat.Version,
            Outcome = (byte)_outcome,
            Flags = (byte)flags,
            Priority = (byte)Priority,
            Descriptor = Descriptor.Id,
            Id = Id,
            Parent = _parent,
            TraceHigh = BigEndian(Trace.High),
            TraceLow = BigEndian(Trace.Low),
            Created = _created,
            Duration = duration,
        };
        if ((_isTraced ? _activity : Activity.Current) is { IdFormat: ActivityIdFormat.W3C } activity) TakeTrace(ref head, activity);
        _buffer.Head = head;
    }

    private void Inherit(TriggerFlow flow)
    {
        if (flow.Around is { } around && !around.Secrets.AreNone) _secrets.Add(around.Secrets);
        if (flow.Project is { } project && Descriptor.Definition.Project is null) Override(CaptureOverride.Project, project);
        flow.Context?.WriteTo(this);
    }

    private static void TakeTrace(ref CaptureHead head, Activity activity)
    {
        Span<byte> bytes = stackalloc byte[24];
        activity.TraceId.CopyTo(bytes[..16]);
        activity.SpanId.CopyTo(bytes[16..]);
        head.TraceHigh = MemoryMarshal.Read<ulong>(bytes);
        head.TraceLow = MemoryMarshal.Read<ulong>(bytes[8..]);
        head.Span = MemoryMarshal.Read<ulong>(bytes[16..]);
    }

    private static ulong BigEndian(ulong value) => BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
}
