using System.Diagnostics;
using System.Globalization;
using MemoryTriggers.PostgresWriter;

namespace MemoryTriggers.Tests.Backends;

/// <summary>A process that writes, deletes and checkpoints is killed at random moments, and the next one goes on with its file.</summary>
public sealed class LiteDbKillTests : IDisposable
{
    // MEMORY_TRIGGERS_LITEDB_KILLS makes it a longer run.
    private static readonly int Cycles =
        int.TryParse(Environment.GetEnvironmentVariable("MEMORY_TRIGGERS_LITEDB_KILLS"), CultureInfo.InvariantCulture, out var given) ? given : 8;

    private readonly LiteDbFile _file = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _file.Dispose();

    [Fact(Timeout = 1_800_000)]
    public async Task Kill_AtRandomMoments_NothingConfirmedIsLostOrDamaged()
    {
        var random = new Random(4713);
        var confirmed = new List<int>();
        var next = 0;
        for (var cycle = 0; cycle < Cycles; cycle++)
        {
            confirmed.AddRange(await WriteUntilKilledAsync(next, random.Next(1, 80), random.Next(0, 4_000)));
            next = (confirmed.Count == 0 ? 0 : confirmed[^1]) + 20 * NumberedEntries.BatchSize;
        }

        await using var backend = await _file.OpenAsync(static options => options.AlwaysCheckOnOpen = true);
        Assert.Null(backend.Recovery);
        var expected = confirmed.SelectMany(static first => NumberedEntries.Batch(1, first)).Select(static entry => entry.Id).ToList();
        var found = await backend.GetManyAsync(expected, Token);
        Assert.Equal(expected.Count, found.Count);
        TestContext.Current.TestOutputHelper?.WriteLine($"{Cycles} kills, {expected.Count} confirmed memories, none lost");
    }

    private async Task<List<int>> WriteUntilKilledAsync(int first, int batches, int spins)
    {
        var start = new ProcessStartInfo("dotnet", [Writer, _file.Path, first.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        try
        {
            Assert.Equal("open", await process.StandardOutput.ReadLineAsync(Token));
            var confirmed = new List<int>();
            while (await process.StandardOutput.ReadLineAsync(Token) is { } line)
            {
                confirmed.Add(int.Parse(line, CultureInfo.InvariantCulture));
                if (confirmed.Count != batches) continue;

                // Not right behind a confirmation, but somewhere in what follows.
                Thread.SpinWait(spins * 100);
                process.Kill();
            }

            await process.WaitForExitAsync(Token);
            return confirmed;
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }

    private static string Writer => Path.Combine(
        AppContext.BaseDirectory, "MemoryTriggers.LiteDbWriter.dll");
}
