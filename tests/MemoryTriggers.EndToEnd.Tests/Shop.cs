namespace MemoryTriggers.EndToEnd;

/// <summary>A program like a user's, woven by the build as a user's is.</summary>
internal sealed class Shop
{
    public const string Canary = "canary-5f3a9c";

    [WorkflowMemoryTrigger(Project = "shop", WorkflowType = "push", CaptureArguments = true, Tags = ["release"], Priority = TriggerPriority.Critical)]
    public async Task<int> PushAsync(string branch, [Sensitive] string key, string password)
    {
        await Task.Yield();
        var commits = await CountAsync(branch);
        if (branch == "main") throw new InvalidOperationException($"{branch} is protected, {key} and {password} do not help with ISS-0124");
        return commits;
    }

    [AgentMemoryTrigger("counter", Content = "Counted {result} commits of {branch}")]
    private static ValueTask<int> CountAsync(string branch) => new(branch.Length);

    [CliMemoryTrigger("decision", CaptureResult = false)]
    public string Choose() => "kept to itself";

    [KnowledgeMemoryTrigger("quiet", CaptureOnSuccess = false)]
    public void OnlyFailures(bool fail)
    {
        if (fail) throw new NotSupportedException("as asked");
    }

    [MilestoneMemoryTrigger("1.0", CaptureArguments = true)]
    public Receipt Oversized(string huge, Receipt receipt) => receipt with { Note = huge.Length.ToString(System.Globalization.CultureInfo.InvariantCulture) };
}

internal sealed record Receipt(string Note, [Sensitive] string Card)
{
    public Receipt? Related { get; set; }
}
