namespace MemoryTriggers.Recording;

/// <summary>The frames of a stack trace that are the user's own.</summary>
internal static class UserTrace
{
    private const int MaxFrames = 10;

    private static readonly string[] Foreign = ["System.", "Microsoft.", "Xunit.", "NUnit.", "Shouldly.", "FluentAssertions.",
        "InvokeStub_"];

    public static string Of(string trace)
    {
        var frames = trace.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var own = frames.Where(static frame => !IsForeign(frame)).Take(MaxFrames).ToList();
        return string.Join('\n', own.Count > 0 ? own : frames.Take(1));
    }

    // "at Xunit.Assert.Equal(...)"; in other languages another word comes first.
    private static bool IsForeign(string frame)
    {
        var method = frame.AsSpan(frame.IndexOf(' ', StringComparison.Ordinal) + 1);
        foreach (var prefix in Foreign)
            if (method.StartsWith(prefix, StringComparison.Ordinal)) return true;
        return frame.StartsWith("---", StringComparison.Ordinal);
    }
}
