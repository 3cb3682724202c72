using System.Reflection;
using MemoryTriggers.Decoding;
using MemoryTriggers.Delivery;
using MemoryTriggers.Journal;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Capture;

/// <summary>Puts finished records into the journal, which counts what it cannot take.</summary>
internal sealed class JournalCaptureSink(CaptureJournal journal, PumpSignal signal, ILogger<JournalCaptureSink> logger) : ICaptureSink
{
    public void Register(TriggerDescriptor descriptor)
    {
        try
        {
            journal.DescribeTrigger(descriptor.Id, DefinitionJson.Write(descriptor.Definition));
        }
        catch (Exception exception)
        {
            // Capture entry point, inside the first call of a decorated method. Its records are kept; without the definition they
            // become memories of an unknown trigger after a restart.
            Log.RegisterFailed(logger, descriptor.Definition.Operation, exception);
        }
    }

    public void Accept(TriggerPriority lane, ReadOnlySpan<byte> record)
    {
        journal.TryAppend(lane, record);
        // A critical record does not wait for others to come.
        if (lane == TriggerPriority.Critical) signal.Urgent();
        else signal.Appended();
    }

    public void ReportUnwoven(Assembly assembly) => Log.Unwoven(logger, assembly.GetName().Name ?? "?");

    public void ReportReloaded(Type type) => Log.Reloaded(logger, type.FullName ?? type.Name);
}
