using MemoryTriggers;
using Spectre.Console;

namespace Quickstart;

/// <summary>The steps of a release check. Each decorated step becomes a memory, whether it succeeds or fails.</summary>
internal sealed class ReleaseCheck(string folder, string project)
{
    public async Task RunAsync()
    {
        // The scope is the parent of everything inside it.
        await using var check = TriggerScope.Workflow("release check", project, workflowType: "release");
        check.AddMetadata("folder", folder).AddTags("release");

        var history = await StepAsync("read the history", () => ReadHistoryAsync(50));
        var inventory = await StepAsync("take the inventory", () => Task.FromResult(TakeInventory()));
        if (inventory is not null) await StepAsync("learn the file types", () => Task.FromResult(LearnFileTypes(inventory)));
        var notes = await StepAsync("read the release notes", () => ReadReleaseNotesAsync("RELEASE-NOTES.next.md"));
        var tag = await StepAsync("verify the tag", () => VerifyTagAsync("refs/tags/never-released"));

        var failed = new object?[] { history, inventory, notes, tag }.Count(static result => result is null);
        var decision = Decide(failed);
        check.AddMetadata("failed_steps", failed).SetResult(decision);
        AnsiConsole.MarkupLineInterpolated($"  decision: [bold]{decision}[/]");
    }

    [WorkflowMemoryTrigger(WorkflowType = "history", CaptureArguments = true, Content = "Read {result.Commits} commits by {result.Authors} authors, the last: {result.LastSubject}")]
    private async Task<GitHistory> ReadHistoryAsync(int newest)
    {
        var output = await Tool.RunAsync("git", ["-C", folder, "log", "-n", $"{newest}", "--format=%an%x09%s"]);
        return GitHistory.Parse(output);
    }

    [AgentMemoryTrigger("inventory", Content = "Counted {result.Files} files with {result.Bytes} bytes, SHA-256 {result.Hash}")]
    private Inventory TakeInventory() => Inventory.Of(folder);

    [KnowledgeMemoryTrigger("file_types")]
    private static string LearnFileTypes(Inventory inventory) =>
        $"most files are {inventory.MostFrequentExtension}: {inventory.MostFrequentCount} of {inventory.Files}";

    [WorkflowMemoryTrigger(WorkflowType = "release_notes", CaptureArguments = true)]
    private async Task<string> ReadReleaseNotesAsync(string file) => await File.ReadAllTextAsync(Path.Combine(folder, file));

    [WorkflowMemoryTrigger(WorkflowType = "tag", CaptureArguments = true)]
    private async Task<string> VerifyTagAsync(string reference) =>
        await Tool.RunAsync("git", ["-C", folder, "rev-parse", "--verify", reference]);

    [DecisionMemoryTrigger("release", CaptureArguments = true)]
    private static string Decide(int failedSteps) => failedSteps == 0 ? "release" : $"hold: {failedSteps} steps failed";

    private static async Task<T?> StepAsync<T>(string name, Func<Task<T>> step) where T : class
    {
        try
        {
            var result = await step();
            AnsiConsole.MarkupLineInterpolated($"  [green]ok[/]      {name}");
            return result;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ToolException)
        {
            AnsiConsole.MarkupLineInterpolated($"  [red]failed[/]  {name}: {exception.Message}");
            return null;
        }
    }
}
