using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Journal;

internal static partial class Log
{
    [LoggerMessage(2001, LogLevel.Information,
        "Journal opened in {Directory}, mode {Mode}: {Recovered} records recovered, {Torn} torn, {Quarantined} quarantined")]
    public static partial void Opened(ILogger logger, string directory, JournalMode mode, long recovered, long torn, long quarantined);

    [LoggerMessage(2002, LogLevel.Warning, "Journal segment {Path} has no readable header and was moved to quarantine")]
    public static partial void SegmentQuarantined(ILogger logger, string path);

    [LoggerMessage(2003, LogLevel.Warning, "Journal segment {Path} has one damaged copy of its header; the other was used")]
    public static partial void HeaderDamaged(ILogger logger, string path);

    [LoggerMessage(2004, LogLevel.Warning,
        "Journal segment {Path} holds {Bytes} damaged bytes at offset {Offset}; they were copied to quarantine")]
    public static partial void FramesDamaged(ILogger logger, string path, long offset, int bytes);

    [LoggerMessage(2005, LogLevel.Error, "Journal segment {Path} cannot be read and was left in place")]
    public static partial void SegmentUnreadable(ILogger logger, string path, Exception failure);

    [LoggerMessage(2006, LogLevel.Warning, "Journal segment {Path} cannot be appended to; it is drained only")]
    public static partial void ResumeFailed(ILogger logger, string path, Exception failure);

    [LoggerMessage(2007, LogLevel.Error, "Journal sync failed; unacknowledged records are rewritten to a new file")]
    public static partial void SyncFailed(ILogger logger, Exception failure);

    [LoggerMessage(2008, LogLevel.Error, "Journal segment {Path} could not be rewritten after a failed sync; it is tried again")]
    public static partial void RewriteFailed(ILogger logger, string path, Exception failure);

    [LoggerMessage(2009, LogLevel.Information, "Journal segment {Path} was rewritten after a failed sync")]
    public static partial void Rewritten(ILogger logger, string path);

    [LoggerMessage(2010, LogLevel.Error, "Journal lane {Lane} cannot get a new segment; records are dropped until it can")]
    public static partial void AllocationFailed(ILogger logger, TriggerPriority lane, Exception? failure);

    [LoggerMessage(2011, LogLevel.Error, "Journal checkpoint could not be written; nothing is recycled until it can")]
    public static partial void CheckpointFailed(ILogger logger, Exception failure);

    [LoggerMessage(2012, LogLevel.Error,
        "Journal closed with an append still in flight in {Path}; its memory is kept until the process ends")]
    public static partial void AppendInFlight(ILogger logger, string path);

    [LoggerMessage(2013, LogLevel.Critical, "Journal thread met an unexpected failure; it continues")]
    public static partial void PassFailed(ILogger logger, Exception failure);

    [LoggerMessage(2014, LogLevel.Warning, "Journal keeps {Damaged} damaged trigger definitions out of use")]
    public static partial void DefinitionsDamaged(ILogger logger, int damaged);

    [LoggerMessage(2015, LogLevel.Warning, "The journal is full: a segment of {Evicted} records was given up for {Priority} ones")]
    public static partial void Evicted(ILogger logger, TriggerPriority evicted, TriggerPriority priority);

    [LoggerMessage(2016, LogLevel.Warning,
        "Damaged bytes of journal segment {Path} at offset {Offset} could not be copied aside; the records around them are kept")]
    public static partial void QuarantineFailed(ILogger logger, string path, long offset, Exception failure);

    [LoggerMessage(2017, LogLevel.Warning, "Removed {Removed} files of {Bytes} bytes from {Folder}, for age or room; {Left} are left")]
    public static partial void QuarantinePruned(ILogger logger, int removed, long bytes, string folder, int left);

    [LoggerMessage(2018, LogLevel.Warning, "Old or excess files in {Folder} cannot be removed; removal is tried again at the next start")]
    public static partial void QuarantineNotPruned(ILogger logger, string folder, Exception failure);

    [LoggerMessage(2019, LogLevel.Warning, "Delivered records could not be cleared from the journal; it is tried again")]
    public static partial void ClearFailed(ILogger logger, Exception failure);
}
