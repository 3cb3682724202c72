namespace MemoryTriggers.Journal;

/// <summary>Finds whole frames in bytes that may hold anything.</summary>
internal static class FrameScanner
{
    /// <summary>The index of the next frame that verifies, from an aligned index on; -1 when there is none.</summary>
    public static int FindNext(ReadOnlySpan<byte> bytes, int from, ulong nonce, long baseOffset)
    {
        for (var at = from; at <= bytes.Length - JournalFrame.HeaderBytes; at += JournalFrame.Alignment)
        {
            if (JournalFrame.Verify(bytes[at..], nonce, baseOffset + at) > 0)
                return at;
        }

        return -1;
    }
}
