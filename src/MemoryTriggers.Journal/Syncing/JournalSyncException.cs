namespace MemoryTriggers.Journal;

/// <summary>The operating system could not force records to disk. They stay readable here, and are rewritten elsewhere.</summary>
internal sealed class JournalSyncException(string message, Exception? inner = null) : IOException(message, inner);
