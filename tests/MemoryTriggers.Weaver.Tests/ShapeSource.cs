namespace MemoryTriggers.Weaver;

/// <summary>How the sources of shapes are written: <c>[T]</c> is a workflow trigger.</summary>
internal static class ShapeSource
{
    public const TriggerOutcome Ok = TriggerOutcome.Success;
    public const TriggerOutcome Bad = TriggerOutcome.Failure;
    public const TriggerOutcome Cut = TriggerOutcome.Abandoned;
    public const TriggerOutcome Off = TriggerOutcome.Canceled;

    /// <param name="source">With a class <c>Program</c> that has a method <c>Run</c>.</param>
    /// <param name="outcomes">What is remembered of one run.</param>
    public static Shape Of(string source, params TriggerOutcome[] outcomes) => new(Decorate(source), outcomes);

    /// <param name="members">The members of the class <c>Program</c>.</param>
    /// <param name="outcomes">What is remembered of one run.</param>
    public static Shape OfAsync(string members, params TriggerOutcome[] outcomes) => new(Decorate($"class Program {{ {members} }}"), outcomes);

    private static string Decorate(string source) => source
        .Replace("[T]", "[WorkflowMemoryTrigger]", StringComparison.Ordinal)
        .Replace("[T(", "[WorkflowMemoryTrigger(", StringComparison.Ordinal)
        .Replace("[T,", "[WorkflowMemoryTrigger,", StringComparison.Ordinal)
        .Replace("[assembly: On(", "[assembly: MemoryTriggerOn(", StringComparison.Ordinal);
}
