using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using MemoryTriggers.Capture;

namespace MemoryTriggers;

/// <summary>
/// Where the wrappers of decorated methods meet the runtime, as <see cref="ActivitySource"/> meets its listeners. With no
/// runtime started every trigger is off and costs one load and a branch. Thread-safe; nothing here throws into a decorated method.
/// </summary>
public static class TriggerHub
{
    private static readonly Lock Gate = new();
    private static readonly List<TriggerDescriptor> KnownTriggers = [];
    private static readonly List<AttachedSink> Sinks = [];
    private static readonly List<Assembly> Unwoven = [];
    private static readonly List<Type> Reloaded = [];
    private static AttachedSink? _sink;
    private static AttachedSink? _detached;

    /// <summary>Whether a runtime is attached, and so whether triggers are on.</summary>
    public static bool IsAttached => Volatile.Read(ref _sink) is not null;

    /// <summary>The assemblies that have triggers and were compiled without the weaver, so that their methods run uncaptured.</summary>
    public static IReadOnlyList<Assembly> UnwovenAssemblies
    {
        get
        {
            lock (Gate) return [.. Unwoven];
        }
    }

    /// <summary>The types with triggers that a hot reload has changed: what was edited there runs uncaptured.</summary>
    internal static IReadOnlyList<Type> ReloadedTypes
    {
        get
        {
            lock (Gate) return [.. Reloaded];
        }
    }

    /// <summary>Makes a trigger known. Called once per decorated method, by its wrapper.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static TriggerDescriptor Describe(TriggerDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var descriptor = new TriggerDescriptor(definition);
        lock (Gate)
        {
            KnownTriggers.Add(descriptor);
            foreach (var sink in Sinks) sink.Registry?.Register(descriptor);
            Ask(descriptor);
        }

        return descriptor;
    }

    /// <summary>
    /// Called by the module initializer of an assembly that has triggers. The weaver turns its constant to <see langword="true"/>.
    /// </summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static void Announce(Assembly assembly, bool isWoven)
    {
        if (isWoven) return;
        lock (Gate)
        {
            Unwoven.Add(assembly);
            foreach (var sink in Sinks) sink.Reports?.ReportUnwoven(assembly);
        }
    }

    /// <summary>Notes, once, that a hot reload has changed a type whose methods were woven.</summary>
    internal static void NoteReloaded(Type type)
    {
        lock (Gate)
        {
            if (Reloaded.Contains(type)) return;
            Reloaded.Add(type);
            foreach (var sink in Sinks) sink.Reports?.ReportReloaded(type);
        }
    }

    /// <summary>Turns all triggers on. Records of flows without a service go to the sink attached last, until it is detached.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static void Attach(ICaptureSink sink) => Attach(sink, null);

    /// <summary>
    /// As <see cref="Attach(ICaptureSink)"/>. Records of the flows of this target go to this sink, also after it is detached.
    /// </summary>
    internal static void Attach(ICaptureSink sink, CaptureTarget? target)
    {
        ArgumentNullException.ThrowIfNull(sink);
        var attached = new AttachedSink(sink, target);
        lock (Gate)
        {
            _detached = null;
            Sinks.Add(attached);
            Volatile.Write(ref _sink, attached);
            target?.Attach(attached);
            foreach (var descriptor in KnownTriggers)
            {
                attached.Registry?.Register(descriptor);
                Ask(descriptor);
            }

            foreach (var assembly in Unwoven) attached.Reports?.ReportUnwoven(assembly);
            foreach (var type in Reloaded) attached.Reports?.ReportReloaded(type);
        }
    }

    /// <summary>
    /// Takes a sink away. For flows without a service the one attached before it resumes; without any sink all triggers are off.
    /// </summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static void Detach(ICaptureSink sink)
    {
        lock (Gate)
        {
            var index = Sinks.FindIndex(attached => ReferenceEquals(attached.Records, sink));
            if (index < 0) return;
            _detached = Sinks[index];
            _detached.Detach();
            Sinks.RemoveAt(index);
            Volatile.Write(ref _sink, Sinks.LastOrDefault());
            foreach (var descriptor in KnownTriggers) Ask(descriptor);
        }
    }

    /// <summary>Asks the sinks again which triggers they want, when this one is attached.</summary>
    internal static void AskAgain(ICaptureSink sink)
    {
        lock (Gate)
        {
            if (!Sinks.Exists(attached => ReferenceEquals(attached.Records, sink))) return;
            foreach (var descriptor in KnownTriggers) Ask(descriptor);
        }
    }

    /// <summary>
    /// Captures nothing in the current asynchronous flow until the answer is disposed: for work of the memory itself. The
    /// <see cref="MemoryContext"/> stays.
    /// </summary>
    public static IDisposable SuppressCapture() => new Suppression();

    /// <summary>Whether the trigger is on.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsEnabled(TriggerDescriptor descriptor) => descriptor.Enabled;

    /// <summary>Whether the trigger is on in a flow: another service of the process may want what the flow's own does not.</summary>
    internal static bool IsWanted(TriggerDescriptor descriptor, TriggerFlow? flow) =>
        descriptor.Enabled && (descriptor.RefusedBy is not { } refused || Array.IndexOf(refused, SinkOf(flow)) < 0);

    /// <summary>Whether the trigger is on in a service, which has to run.</summary>
    internal static bool IsWanted(TriggerDescriptor descriptor, CaptureTarget target) =>
        target.IsIdle
            ? IsWanted(descriptor, flow: null)
            : descriptor.Enabled && target.Sink is { IsDetached: false } sink
                && (descriptor.RefusedBy is not { } refused || Array.IndexOf(refused, sink) < 0);

    /// <summary>Begins a synchronous execution. <see cref="End"/> must follow on the same thread.</summary>
    /// <returns><see langword="null"/> when nothing is to be captured here.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static CaptureRecord? Begin(TriggerDescriptor descriptor)
    {
        var flow = TriggerFlow.Current;
        if (flow is { IsSuppressed: true }) return null;
        if (descriptor.RefusedBy is not null && !IsWanted(descriptor, flow)) return null;

        var thread = ThreadCapture.Current;
        var outer = thread.Innermost;
        var record = thread.Push();
        record.Start(descriptor, flow, outer);
        return record;
    }

    /// <summary>Notes an exception that leaves the body. Made for an exception filter: always returns <see langword="false"/>.</summary>
    /// <remarks>
    /// The record is handed over here already: when the exception is not caught, no finally block runs. Until <see cref="End"/> it is
    /// provisional: a finally block inside may replace the exception.
    /// </remarks>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static bool Fail(CaptureRecord record, Exception exception)
    {
        record.Leave(exception);
        record.Accept(SinkOf(record.FlowAtEntry), isFinal: false);
        return false;
    }

    /// <summary>Ends a synchronous execution and hands its record over. The record must not be used afterwards.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static void End(CaptureRecord record)
    {
        if (record.IsPending) record.Accept(SinkOf(record.FlowAtEntry));
        else if (record.IsProvisional) record.Settle(SinkOf(record.FlowAtEntry));
        record.Thread!.Pop();
    }

    /// <summary>
    /// Begins an asynchronous execution: what the body starts from here on, on whatever thread, runs inside it.
    /// <see cref="Suspend"/> must follow when the body has returned its task.
    /// </summary>
    /// <returns><see langword="null"/> when nothing is to be captured here.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static CaptureRecord? BeginFlow(TriggerDescriptor descriptor)
    {
        var flow = TriggerFlow.Current;
        if (flow is { IsSuppressed: true }) return null;
        if (descriptor.RefusedBy is not null && !IsWanted(descriptor, flow)) return null;

        var thread = ThreadCapture.Current;
        var record = thread.Rent();
        record.Start(descriptor, flow, thread.Innermost);
        TriggerFlow.Current = record.OpenFlow();
        return record;
    }

    /// <summary>
    /// As <see cref="BeginFlow"/>, for an execution that may leave no memory: what runs inside shares its trace, and has no parent.
    /// </summary>
    internal static CaptureRecord? BeginTrace(TriggerDescriptor descriptor)
    {
        var record = BeginFlow(descriptor);
        if (record is not null) TriggerFlow.Current = record.OpenTrace();
        return record;
    }

    /// <summary>Gives the caller its own flow back, on the thread of <see cref="BeginFlow"/>.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static void Suspend(CaptureRecord record) => TriggerFlow.Current = record.FlowAtEntry;

    /// <summary>
    /// Begins the capture of a sequence. The record holds the arguments and is the model of one record for each enumeration;
    /// it is given to <see cref="ReturnCapture"/>.
    /// </summary>
    /// <returns><see langword="null"/> when nothing is to be captured here.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static CaptureRecord? BeginSequence(TriggerDescriptor descriptor)
    {
        var flow = TriggerFlow.Current;
        if (flow is { IsSuppressed: true }) return null;
        if (descriptor.RefusedBy is not null && !IsWanted(descriptor, flow)) return null;

        var template = new CaptureRecord();
        template.Start(descriptor, null, null);
        return template;
    }

    /// <summary>Hands over the record of an execution that ended elsewhere than it began. The record must not be used afterwards.</summary>
    internal static void Finish(CaptureRecord record)
    {
        if (record.IsPending) record.Accept(SinkOf(record.FlowAtEntry));
        else if (record.IsProvisional) record.Settle(SinkOf(record.FlowAtEntry));
        ThreadCapture.Current.Return(record);
    }

    /// <summary>The known error, or <see langword="null"/>.</summary>
    internal static RecalledError? Recall(Exception exception, string? project, TriggerFlow? flow = null) =>
        SinkOf(flow)?.Errors?.Recall(exception, project);

    /// <summary>Whether the texts of exceptions are kept in the flow's service.</summary>
    internal static bool KeepsErrorText(TriggerFlow? flow) => SinkOf(flow)?.KeepsErrorText ?? true;

    /// <summary>Lets go of a record without handing it over. It must not be used afterwards.</summary>
    internal static void Discard(CaptureRecord record) => ThreadCapture.Current.Return(record);

    /// <summary>Hands a record over and keeps it.</summary>
    internal static void Accept(CaptureRecord record, bool isFinal = true) => record.Accept(SinkOf(record.FlowAtEntry), isFinal);

    /// <summary>The outcome of a record that was handed over is final.</summary>
    internal static void Settle(CaptureRecord record) => record.Settle(SinkOf(record.FlowAtEntry));

    /// <summary>An execution has ended with no sink left to take its record.</summary>
    internal static void NoteLate(TriggerFlow? flow)
    {
        // For a service that is about to start nothing is captured.
        if (flow?.Target is { IsIdle: false } target)
        {
            target.Sink?.Reports?.ReportLate();
            return;
        }

        AttachedSink? last;
        lock (Gate) last = _detached;
        last?.Reports?.ReportLate();
    }

    /// <summary>The service of the flow; without one, that of the sink attached last.</summary>
    internal static CaptureTarget? TargetOf(TriggerFlow? flow) =>
        flow?.Target is { IsIdle: false } target ? target : Volatile.Read(ref _sink)?.Target;

    /// <summary>The sink of the flow's service; without one, the sink attached last.</summary>
    private static AttachedSink? SinkOf(TriggerFlow? flow) =>
        flow?.Target is { IsIdle: false } target ? target.Sink : Volatile.Read(ref _sink);

    private static void Ask(TriggerDescriptor descriptor)
    {
        AttachedSink[] refused = [.. Sinks.Where(sink => !sink.Wants(descriptor))];
        var isEnabled = refused.Length < Sinks.Count;
        descriptor.RefusedBy = isEnabled && refused.Length > 0 ? refused : null;
        descriptor.Enabled = isEnabled;
    }

    private sealed class Suppression : IDisposable
    {
        private readonly TriggerFlow? _outer = TriggerFlow.Current;

        public Suppression()
        {
            if (_outer is not { IsSuppressed: true }) TriggerFlow.Current = TriggerFlow.Suppress(_outer?.Project, _outer?.Around);
        }

        public void Dispose() => TriggerFlow.Current = _outer;
    }
}
