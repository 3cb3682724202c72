using System.Collections.Concurrent;
using System.Reflection;
using MemoryTriggers.Capture;
using MemoryTriggers.Decoding;

namespace MemoryTriggers.TestKit;

/// <summary>Keeps what was captured while it is attached. Attached sinks are process-wide: tests that use one run one at a time.</summary>
internal sealed class RecordingSink : ICaptureSink, ITriggerRegistry, ITriggerReports, IDisposable
{
    private readonly ConcurrentDictionary<ulong, TriggerDefinition> _definitions = [];
    private readonly ConcurrentQueue<(TriggerPriority Lane, byte[] Bytes)> _records = [];

    private readonly ConcurrentQueue<Type> _reloaded = [];

    public RecordingSink() => TriggerHub.Attach(this);

    /// <summary>Every record, corrections included, in order of arrival.</summary>
    public IReadOnlyList<(TriggerPriority Lane, byte[] Bytes)> Records => [.. _records];

    /// <summary>The memories that the records make: a correction replaces what it corrects; what is only counted is none.</summary>
    public IReadOnlyList<MemoryEntry> Entries
    {
        get
        {
            var composer = new MemoryComposer("default-project");
            var entries = new Dictionary<Guid, MemoryEntry>();
            foreach (var (_, bytes) in _records)
            {
                var record = CaptureDecoder.Decode(bytes);
                if (record.Overrides.ContainsKey(CaptureOverride.CountedAs)) continue;
                entries[record.Id] = composer.Compose(record, _definitions.GetValueOrDefault(record.DescriptorId));
            }

            return [.. entries.Values];
        }
    }

    /// <summary>The types that were reported as changed by a hot reload.</summary>
    public IReadOnlyList<Type> Reloaded => [.. _reloaded];

    public void ReportUnwoven(Assembly assembly)
    {
    }

    public void ReportReloaded(Type type) => _reloaded.Enqueue(type);

    public void ReportLate()
    {
    }

    public void Register(TriggerDescriptor descriptor) => _definitions[descriptor.Id] = descriptor.Definition;

    public bool Wants(TriggerDescriptor descriptor) => true;

    public void Accept(TriggerPriority lane, ReadOnlySpan<byte> record) => _records.Enqueue((lane, record.ToArray()));

    public void Dispose() => TriggerHub.Detach(this);
}
