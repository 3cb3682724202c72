using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace MemoryTriggers.Capture;

/// <summary>
/// Writes what an exception says beside its message: the members of its own type, such as <c>Code</c> or <c>Errors</c>, and its
/// <see cref="Exception.Data"/>. Read from fields like other values, less deep, and within a number of bytes.
/// </summary>
internal static class ExceptionMembers
{
    private const string Data = "Data";

    // The value that a rule refused, and no part of the reason: a password that is too short, for one.
    private const string RefusedValue = "AttemptedValue";

    private static readonly ConditionalWeakTable<Type, object> OverridesData = new();

    /// <returns>How many bytes were written.</returns>
    public static int Write(CaptureBuffer buffer, Exception exception, in CaptureSecrets secrets, int room)
    {
        var start = buffer.Position;
        try
        {
            Members(buffer, exception, secrets, start + room);
        }
        catch (Exception)
        {
            // Capture entry point: the memory goes without them. Health shows the count.
            buffer.Position = start;
            CaptureFaults.Count();
        }

        return buffer.Position - start;
    }

    public static bool IsLeftOut(string name) => name == RefusedValue;

    private static void Members(CaptureBuffer buffer, Exception exception, in CaptureSecrets secrets, int end)
    {
        foreach (var member in ObjectShape.Of(exception.GetType()).Members)
        {
            if (member.Name == Data) continue;
            Member(buffer, member.Name, member.IsSensitive ? null : member.Field.GetValue(exception), member.IsSensitive, secrets, end);
        }

        if (DataOf(exception) is { Count: > 0 } data) Member(buffer, Data, data, isSensitive: false, secrets, end);
    }

    private static void Member(CaptureBuffer buffer, string name, object? value, bool isSensitive, in CaptureSecrets secrets, int end)
    {
        // An exception inside is written as such.
        if (value is null && !isSensitive || value is Exception || buffer.Position >= end || IsLeftOut(name)) return;
        buffer.Field(CaptureField.ExceptionMember);
        buffer.String(name);
        var start = buffer.Position;
        if (CaptureGraphWriter.IsSecret(name, value, isSensitive)) buffer.Marker(CaptureMarkers.Sensitive);
        else CaptureGraphWriter.WriteOfException(buffer, value, secrets, end);
        if (buffer.Position > end)
        {
            buffer.Position = start;
            buffer.Marker(CaptureMarkers.TooLarge);
        }

        buffer.CommitReserved();
    }

    // The base class's own: a Data that is overridden is code of the user's.
    private static IDictionary? DataOf(Exception exception) =>
        OverridesData.GetValue(exception.GetType(), static type => IsOverridden(type)) is false ? exception.Data : null;

    [UnconditionalSuppressMessage("Trimming", "IL2070",
        Justification = "A property that was trimmed away is not overridden.")]
    private static object IsOverridden(Type type) => type.GetMethod("get_Data", Type.EmptyTypes)?.DeclaringType != typeof(Exception);
}
