using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using MemoryTriggers.Capture;

namespace MemoryTriggers.Delivery;

/// <summary>
/// Keeps to the limits of the trigger types. Thread-safe. Records of a process that ended are not counted: how many there are of which type
/// would show only when they are read.
/// </summary>
internal sealed class TriggerLimits
{
    private volatile TriggerTypeOptions?[] _types = [];
    private volatile bool _isNone;
    private volatile bool _hasAges;
    private readonly int[] _pending = new int[Enum.GetValues<TriggerType>().Length];
    private readonly ConcurrentDictionary<ulong, TriggerType> _triggers = [];
    private long _droppedByPriority;
    private long _droppedByType;

    public TriggerLimits(IEnumerable<KeyValuePair<TriggerType, TriggerTypeOptions>> types) => Change(types);

    /// <summary>Whether nothing is limited, and asking is not worth it.</summary>
    public bool IsNone => _isNone;

    /// <summary>Whether records of a type may wait for others longer or shorter than usual.</summary>
    public bool HasAges => _hasAges;

    /// <summary>Whether a batch of a type could be as large as it may be.</summary>
    public bool HasFullBatch
    {
        get
        {
            var types = _types;
            for (var type = 0; type < types.Length; type++)
                if (types[type] is { BatchSize: > 0 and var size } && Volatile.Read(ref _pending[type]) >= size) return true;
            return false;
        }
    }

    /// <summary>Whether any type of trigger is on.</summary>
    public bool IsAnyOn => !Array.TrueForAll(_types, static options => options is { Enabled: false });

    /// <summary>
    /// Sets other limits, from the next record on. A caller that evaluates <see cref="Wants"/> only at the start has to evaluate it again.
    /// </summary>
    public void Change(IEnumerable<KeyValuePair<TriggerType, TriggerTypeOptions>> types)
    {
        _types = ByType(types);
        _isNone = Array.TrueForAll(_types, static options => options is null);
        _hasAges = Array.Exists(_types, static options => options is { BatchAge: not null });
    }

    public long DroppedByPriority => Interlocked.Read(ref _droppedByPriority);

    public long DroppedByType => Interlocked.Read(ref _droppedByType);

    /// <summary>Whether the trigger is to capture anything; and remembers its type.</summary>
    public bool Wants(TriggerDescriptor descriptor)
    {
        _triggers[descriptor.Id] = descriptor.Definition.Type;
        return _types[(int)descriptor.Definition.Type] is not { Enabled: false };
    }

    /// <summary>Whether the record may go into the journal. One that the journal then refuses is to be given back.</summary>
    public bool TryTake(TriggerPriority priority, ReadOnlySpan<byte> record)
    {
        if (TypeOf(record) is not { } type || _types[(int)type] is not { } options) return true;
        if (priority > options.MinPriority)
        {
            Interlocked.Increment(ref _droppedByPriority);
            return false;
        }

        if (Interlocked.Increment(ref _pending[(int)type]) <= options.MaxPending || options.MaxPending == 0) return true;
        Interlocked.Decrement(ref _pending[(int)type]);
        Interlocked.Increment(ref _droppedByType);
        return false;
    }

    /// <summary>The journal did not take it after all.</summary>
    public void GiveBack(ReadOnlySpan<byte> record)
    {
        if (TypeOf(record) is { } type && _types[(int)type] is not null) Interlocked.Decrement(ref _pending[(int)type]);
    }

    /// <summary>The record of this memory waits no longer.</summary>
    public void Release(MemoryEntry entry)
    {
        if (entry.TriggerType is not { } type || _types[(int)type] is null || !CaptureId.IsOwn(entry.Id)) return;
        // A batch that is delivered again after a failure elsewhere is released again.
        if (Interlocked.Decrement(ref _pending[(int)type]) < 0) Interlocked.Increment(ref _pending[(int)type]);
    }

    /// <summary>How long the record may wait for others; <see langword="null"/> for as long as usual.</summary>
    public TimeSpan? AgeOf(ReadOnlySpan<byte> record) => TypeOf(record) is { } type ? _types[(int)type]?.BatchAge : null;

    /// <summary>What holds for the type when memories of it are stored apart from others.</summary>
    public TriggerTypeOptions? Apart(MemoryEntry entry) =>
        entry.TriggerType is { } type && _types[(int)type] is { IsApart: true } options ? options : null;

    private static TriggerTypeOptions?[] ByType(IEnumerable<KeyValuePair<TriggerType, TriggerTypeOptions>> types)
    {
        var byType = new TriggerTypeOptions?[Enum.GetValues<TriggerType>().Length];
        foreach (var (type, options) in types) byType[(int)type] = options;
        return byType;
    }

    private TriggerType? TypeOf(ReadOnlySpan<byte> record) =>
        record.Length >= CaptureHead.Size && _triggers.TryGetValue(MemoryMarshal.AsRef<CaptureHead>(record).Descriptor, out var type)
            ? type
            : null;
}
