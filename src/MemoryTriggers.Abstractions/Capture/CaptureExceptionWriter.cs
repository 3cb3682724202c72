using System.Reflection;

namespace MemoryTriggers.Capture;

/// <summary>
/// Writes an exception and what caused it: type, message, stack trace, members. Reads user code (Message may be overridden), so every read
/// is guarded. Members are read from their fields.
/// </summary>
internal static class CaptureExceptionWriter
{
    private const int MaxInner = 5;
    private const int MaxMessage = 1024;
    private const int MaxStackTrace = 4 * 1024;

    public static void Write(
        CaptureBuffer buffer, CaptureField field, Exception exception, ref CaptureSecrets secrets, bool keepsText = true)
    {
        secrets.Share(exception);
        var current = exception;
        var hasTrace = false;
        var room = CaptureFormat.MaxExceptionMembers;
        for (var depth = 0; current is not null && depth < MaxInner; depth++)
        {
            var start = buffer.Position;
            buffer.Field(field);
            buffer.String(current.GetType().FullName ?? current.GetType().Name);
            buffer.String(keepsText ? Read(current, static e => e.Message, MaxMessage, secrets) : CaptureMarkers.NotKept);
            // One trace: that of what happened, where the outermost only carries it.
            var trace = depth == 0 || !hasTrace ? Read(current, static e => e.StackTrace ?? "", MaxStackTrace, secrets) : "";
            hasTrace |= trace.Length > 0 && current is not (AggregateException or TargetInvocationException or TypeInitializationException);
            buffer.String(trace);
            buffer.CommitReserved();
            if (room > 0 && buffer.Position > start) room -= ExceptionMembers.Write(buffer, current, secrets, room);
            current = current.InnerException;
        }
    }

    private static string Read(Exception exception, Func<Exception, string> read, int limit, in CaptureSecrets secrets)
    {
        try
        {
            var text = secrets.Clean(read(exception) ?? "");
            return text.Length <= limit ? text : text[..CaptureBuffer.Boundary(text, limit)];
        }
        catch (Exception unreadable)
        {
            // User code behind Message or StackTrace: its failure is a mark in the memory, never the program's.
            return CaptureMarkers.Unreadable(unreadable);
        }
    }
}
