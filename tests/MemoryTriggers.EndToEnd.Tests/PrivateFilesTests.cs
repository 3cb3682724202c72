using System.Security.Cryptography;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.EndToEnd;

/// <summary>A program that forbids nothing by its mask: its memories are still for its user alone.</summary>
public sealed class PrivateFilesTests : IDisposable
{
    private const int Calls = 30;
    private const UnixFileMode Others = (UnixFileMode)0b000_111_111;

    private const string Policies = """
        rules:
          held:
            conditions: [{type: equals, field: key, value: scope}]
            decision: defer
          acting:
            conditions: [{type: contains, field: key, value: Add}]
            actions: [{type: create_memory, parameters: {content: "an action"}}]
            max_executions: 1000
        """;

    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact(Timeout = 240_000)]
    public async Task Everything_WithAnOpenMask_IsForTheUserAlone()
    {
        if (OperatingSystem.IsWindows()) return;
        var data = _directory.File("above/data");
        Directory.CreateDirectory(_directory.File("above"));
        await File.WriteAllTextAsync(_directory.File("above/policies.yaml"), Policies, Token);
        var keys = _directory.File("above/keys");
        await File.WriteAllTextAsync(keys, "one:" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)), Token);
        File.SetUnixFileMode(keys, UnixFileMode.UserRead);

        using var victim = VictimProcess.Start(data, Calls, "everything", limits: "umask 0");
        string[] files;
        try
        {
            Assert.Equal(Calls + 1, (await VictimProcess.ReadAsync(victim, Calls + 1, Token)).Count);
            while (!Directory.Exists(Path.Combine(data, "metrics")) || !File.Exists(Path.Combine(data, "journal", "0", "policy-state.json")))
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Token);
            files = [.. Directory.EnumerateFileSystemEntries(data, "*", SearchOption.AllDirectories)];

            foreach (var file in files.Append(data)) Assert.Equal((file, default), (file, File.GetUnixFileMode(file) & Others));
        }
        finally
        {
            await VictimProcess.KillAsync(victim, Token);
        }

        string[] expected = ["memory.db", "memory.db-wal", "memory.db-shm", "repeats.db", "held.db", "actions.db", "checkpoint", "definitions"];
        Assert.Empty(expected.Except(files.Select(Path.GetFileName)));
    }
}
