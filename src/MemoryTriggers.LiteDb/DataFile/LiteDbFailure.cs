using LiteDB;

namespace MemoryTriggers.DataFile;

/// <summary>Turns what LiteDB and the file system throw into what a backend may throw, without any payload.</summary>
internal static class LiteDbFailure
{
    /// <summary>
    /// Whether an error says that the file is not what was written. LiteDB checks little of what it reads, so a bad page may show as any
    /// error of the code that reads it; errors that it throws on purpose, and those of the disk, are others.
    /// </summary>
    public static bool IsDamage(Exception exception) => exception switch
    {
        MemoryBackendException or IOException or UnauthorizedAccessException or OperationCanceledException or OutOfMemoryException => false,
        LiteException lite => lite.ErrorCode is LiteException.INVALID_DATAFILE_STATE or LiteException.INVALID_DATABASE
            or LiteException.INVALID_FREE_SPACE_PAGE or LiteException.INVALID_FORMAT or LiteException.COLLECTION_NOT_FOUND,
        ObjectDisposedException => false,
        _ => true,
    };

    /// <summary>Whether the database must be opened again before it is of use: LiteDB closes itself at such an error.</summary>
    public static bool Closes(Exception exception) =>
        exception is IOException or ObjectDisposedException or LiteException { ErrorCode: LiteException.ENGINE_DISPOSED }
            || IsDamage(exception);

    /// <param name="exception">The thrown exception.</param>
    /// <param name="action">The attempted action, such as <c>store a batch</c>.</param>
    public static MemoryBackendException Translate(Exception exception, string action) => exception switch
    {
        MemoryBackendException known => known,
        _ when IsDamage(exception) => Failure(
            $"Could not {action}: the database is damaged ({exception.GetType().Name}); it is checked and repaired with the next call",
            true, null),
        IOException or UnauthorizedAccessException =>
            Failure($"Could not {action}: {exception.Message}", true, exception),

        // LiteDB numbers the errors that a retry or reopening can solve; an error without a number refuses a document.
        LiteException lite => Failure($"Could not {action}: {lite.Message} (LiteDB {lite.ErrorCode})", lite.ErrorCode != 0, lite),
        _ => Failure($"Could not {action}: {exception.Message}", true, exception),
    };

    private static MemoryBackendException Failure(string message, bool isTransient, Exception? cause) =>
        new(LiteDbMemoryBackend.BackendName, message, isTransient, cause);
}
