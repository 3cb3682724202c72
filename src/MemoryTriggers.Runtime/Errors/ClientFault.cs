using System.Text.Json;

namespace MemoryTriggers.Errors;

/// <summary>Failures that the caller caused: no later success resolves them, for nothing was broken.</summary>
internal static class ClientFault
{
    private static readonly string[] StatusNames = ["status", "status_code"];

    private static readonly string[] Endings =
    [
        "ValidationException", "NotFoundException", "UnauthorizedException", "ForbiddenException", "AccessDeniedException",
        "BadRequestException", "BadHttpRequestException",
    ];

    private static readonly HashSet<string> OfTheFramework =
    [
        "System.Collections.Generic.KeyNotFoundException", "System.UnauthorizedAccessException", "System.Security.SecurityException",
        "System.ComponentModel.DataAnnotations.ValidationException",
    ];

    private static readonly HashSet<string> Cancellations =
        ["System.OperationCanceledException", "System.Threading.Tasks.TaskCanceledException"];

    private static readonly HashSet<string> Arguments =
        ["System.ArgumentException", "System.ArgumentNullException", "System.ArgumentOutOfRangeException"];

    public static bool Is(MemoryEntry entry)
    {
        if (IsRefused(entry.Value)) return true;
        var chain = MemoryErrorReader.ChainOf(entry);
        var at = 0;
        while (at + 1 < chain.Count && chain[at].IsWrapper) at++;
        if (at >= chain.Count) return false;
        var type = chain[at].Type;
        // No caller asked for a cancellation that a timeout caused.
        if (Cancellations.Contains(type)) return !chain.Any(static part => part.Type == "System.TimeoutException");
        // Inside of another operation, a wrong argument is the program's own.
        if (Arguments.Contains(type)) return entry.ParentId is null;
        return OfTheFramework.Contains(type) || IsNamedSo(type);
    }

    // A missing file or library is no fault of a client.
    private static bool IsNamedSo(string type)
    {
        var generic = type.IndexOf('`', StringComparison.Ordinal);
        var name = generic < 0 ? type : type[..generic];
        return !name.StartsWith("System.", StringComparison.Ordinal)
            && Array.Exists(Endings, ending => name.EndsWith(ending, StringComparison.Ordinal));
    }

    private static bool IsRefused(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty("metadata", out var metadata)
            && metadata.ValueKind == JsonValueKind.Object
            && Array.Exists(StatusNames, name => metadata.TryGetProperty(name, out var status)
                && status.ValueKind == JsonValueKind.Number && status.TryGetInt32(out var code) && code is >= 400 and < 500);
}
