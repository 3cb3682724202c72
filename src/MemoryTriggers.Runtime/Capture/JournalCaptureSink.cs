using System.Reflection;
using System.Runtime.InteropServices;
using MemoryTriggers.Decoding;
using MemoryTriggers.Delivery;
using MemoryTriggers.Errors;
using MemoryTriggers.Journal;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Capture;

/// <summary>Puts finished records into the journal, which counts what it cannot take.</summary>
internal sealed class JournalCaptureSink(
    CaptureJournal journal, PumpSignal signal, TriggerLimits limits, ProvisionalRecords provisional, TimeSpan syncWait,
    ILogger<JournalCaptureSink> logger, ErrorRecall? recall = null) : ICaptureSink, ITriggerRegistry, ITriggerReports, IKnownErrors,
    IDurableSink, IOutcomeSink, IErrorTextSink
{
    private long _unsynced;
    private int _late;

    public bool KeepsErrorText { get; init; } = true;

    /// <summary>How many calls that asked to be synced returned without it.</summary>
    public long Unsynced => Interlocked.Read(ref _unsynced);

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

    public bool Wants(TriggerDescriptor descriptor) => limits.Wants(descriptor);

    public void Accept(TriggerPriority lane, ReadOnlySpan<byte> record) => TryAccept(lane, record);

    /// <summary>Whether it was taken. If not, the limits or the journal have counted why.</summary>
    public bool TryAccept(TriggerPriority lane, ReadOnlySpan<byte> record)
    {
        var flags = (CaptureFlags)record[CaptureFormat.FlagsOffset];
        if ((flags & (CaptureFlags.Provisional | CaptureFlags.Correction)) == 0)
            return TryTake(lane, record);

        var id = MemoryMarshal.AsRef<CaptureHead>(record).Id;
        // The limits have decided about the record that it corrects, and hold for both.
        if (flags.HasFlag(CaptureFlags.Correction))
        {
            if (!provisional.TryReplace(id)) return false;
            if (Append(lane, record)) return true;
            provisional.Keep(id);
            return false;
        }

        provisional.Begin(id);
        if (TryTake(lane, record)) return true;
        provisional.Refuse(id);
        return false;
    }

    public void Settle(CaptureId id) => provisional.Settle(id);

    private bool TryTake(TriggerPriority lane, ReadOnlySpan<byte> record)
    {
        if (!limits.IsNone && !limits.TryTake(lane, record)) return false;
        if (Append(lane, record)) return true;
        if (!limits.IsNone) limits.GiveBack(record);
        return false;
    }

    private bool Append(TriggerPriority lane, ReadOnlySpan<byte> record)
    {
        var result = journal.TryAppend(lane, record);
        // A critical record does not wait for others to come.
        if (lane == TriggerPriority.Critical) signal.Urgent();
        else if (limits.HasAges) signal.Appended(limits.AgeOf(record));
        else signal.Appended();
        return result == JournalAppendResult.Accepted;
    }

    public RecalledError? Recall(Exception exception, string? project) => recall?.Recall(exception, project);

    public void Sync()
    {
        try
        {
            if (journal.SyncAsync(CancellationToken.None).AsTask().Wait(syncWait)) return;
            NoteUnsynced(null);
        }
        catch (Exception exception)
        {
            // Capture entry point: the call still returns, and its record is in the journal.
            NoteUnsynced(exception.InnerException ?? exception);
        }
    }

    public void ReportUnwoven(Assembly assembly) => Log.Unwoven(logger, assembly.GetName().Name ?? "?");

    public void ReportReloaded(Type type) => Log.Reloaded(logger, type.FullName ?? type.Name);

    public void ReportLate()
    {
        if (Interlocked.Exchange(ref _late, 1) == 0) Log.Late(logger);
    }

    // The first one is worth a line; the others are counted.
    private void NoteUnsynced(Exception? exception)
    {
        if (Interlocked.Increment(ref _unsynced) == 1) Log.Unsynced(logger, syncWait, exception);
    }
}
