using System.Diagnostics;
using System.Runtime.Versioning;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Hosting;

/// <summary>
/// Files beside the memories are damaged while the program does not run: every record that comes then is stored, every record that waited
/// is stored or told, and health knows of the damage until that is acknowledged.
/// </summary>
[Collection(nameof(ProcessWide))]
public sealed class SideFileTests : IDisposable
{
    private const int Records = 60;
    private static readonly string[] Kinds = ["flip", "truncate", "zero", "random", "empty", "append", "delete", "folder", "pipe", "other", "link"];
    private static readonly string[] Names =
    [
        "repeats.db", "rates.db", "journal/0/held.db", "journal/0/actions.db", "journal/0/policy-state.json", "journal/0/checkpoint",
        "journal/0/definitions", "journal/0/lock", "journal/0/status.json", "compressed.json", "cycles.json", "retention.lock",
        "memory.db.write-lock", "memory.db.open-lock",
    ];

    private readonly TemporaryDirectory _directory = new();

    public static TheoryData<string, string> Matrix => new(Names.SelectMany(static name => Kinds.Select(kind => (name, kind))));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(Matrix))]
    public async Task Start_FileIsDamaged_StoresAllAndTells(string name, string kind)
    {
        Assert.SkipWhen(kind is "pipe" or "link" && OperatingSystem.IsWindows(), "Windows has no such pipes, and links need rights");
        await using (var before = await StartAsync()) await CallAsync(before, Records);
        var path = Path.Combine(_directory.Path, name);
        Damage(path, kind);

        await using var memory = await StartAsync();
        await CallAsync(memory, Records);

        var health = await memory.GetHealthAsync(Token);
        Assert.Equal(0, health.DeadLettered);
        // Without its checkpoint the journal is read from its beginning, and what was stored is stored again under the same id.
        Assert.InRange(health.Stored + health.Counted, 2 * Records, name == "journal/0/checkpoint" ? 4 * Records : 2 * Records);
        Assert.True(health.IsBalanced, health.ToJson());
        if (MustTell(name, kind)) Assert.Contains(health.Problems, problem => problem.Contains("acknowledge", StringComparison.Ordinal));
        var all = await memory.Backend.QueryAsync(new MemoryQuery { Limit = MemoryQuery.MaxLimit }, Token);
        Assert.Equal(2 * Records, all.Where(static entry => entry.Key.Contains("billing", StringComparison.Ordinal)).Sum(static entry => entry.Occurrences));
    }

    // What holds state, and is now something else. A lost cache, lock or mark costs nothing that a person should know.
    private static bool MustTell(string name, string kind) =>
        name is "repeats.db" or "rates.db" && kind is "truncate" or "random" or "folder" or "pipe" or "other" or "link"
        || name is "journal/0/checkpoint" or "journal/0/definitions" && kind is "folder" or "pipe" or "link";

    private Task<MemoryTriggerService> StartAsync() => MemoryTriggerService.StartAsync(
        options =>
        {
            options.DataDirectory = _directory.Path;
            options.Project = "shop";
            options.Duplicates.Window = TimeSpan.FromDays(1);
            options.Delivery.BatchAge = TimeSpan.FromMilliseconds(1);
        },
        cancellationToken: Token);

    private static async Task CallAsync(MemoryTriggerService memory, int count)
    {
        var broad = TriggerHub.Describe(new() { Type = TriggerType.WorkflowCompletion, Operation = "broad", RememberEach = false });
        for (var number = 0; number < count; number++)
        {
            var record = TriggerHub.Begin(broad)!;
            record.Succeed();
            TriggerHub.End(record);
            using (TriggerScope.Workflow($"billing{number % 20}").SetResult(new string('x', 200)))
            {
            }
        }

        Assert.True(await memory.FlushAsync(cancellationToken: Token), string.Join("; ", (await memory.GetHealthAsync(Token)).Problems));
    }

    [UnsupportedOSPlatform("windows")]
    private static void MakePipe(string path)
    {
        using var make = Process.Start("mkfifo", [path]);
        make.WaitForExit();
        Assert.Equal(0, make.ExitCode);
    }

    private void Damage(string path, string kind)
    {
        var content = File.Exists(path) ? File.ReadAllBytes(path) : [];
        File.Delete(path);
        var random = new Random(7);
        switch (kind)
        {
            case "flip":
                for (var flip = 0; flip < Math.Min(200, content.Length); flip++) content[random.Next(content.Length)] ^= 4;
                break;
            case "truncate": content = content[..(content.Length / 3)]; break;
            case "zero": content.AsSpan(content.Length / 4, content.Length / 2).Clear(); break;
            case "random": random.NextBytes(content = content.Length == 0 ? new byte[5_000] : content); break;
            case "empty": content = []; break;
            case "append": content = [.. content, .. new byte[999]]; break;
            case "delete": return;
            case "folder": Directory.CreateDirectory(Path.Combine(path, "inner")); return;
            case "pipe" when !OperatingSystem.IsWindows(): MakePipe(path); return;
            case "link": File.CreateSymbolicLink(path, Path.Combine(_directory.Path, "memory.db")); return;
            case "other": content = File.ReadAllBytes(Path.Combine(_directory.Path, path.EndsWith("repeats.db", StringComparison.Ordinal) ? "rates.db" : "repeats.db")); break;
        }

        File.WriteAllBytes(path, content);
    }
}
