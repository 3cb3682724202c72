using System.Diagnostics;
using System.Globalization;
using MemoryTriggers.PostgresWriter;
using MemoryTriggers.Tests.Server;

namespace MemoryTriggers.Tests.Backends;

/// <summary>Several processes write, and one of them is killed.</summary>
public sealed class PostgresProcessesTests(SharedServer server)
{
    private const int Writers = 4;
    private const int Batches = 150;
    private readonly PostgresSchemaUnderTest _schema = server.NewSchema();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 240_000)]
    public async Task Kill_OneOfFourWriters_NothingConfirmedIsLostOrDoubled()
    {
        var confirmed = await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => WriteAsync(writer, killAfter: writer == 0 ? Batches / 3 : Batches)));

        // Everything is written once more, as a process does that does not know whether it was heard.
        await using var backend = await _schema.OpenAsync();
        for (var writer = 0; writer < Writers; writer++)
            foreach (var first in confirmed[writer]) await backend.StoreAsync(NumberedEntries.Batch(writer, first), Token);

        Assert.InRange(confirmed[0].Count, Batches / 3, Batches - 1);
        Assert.All(confirmed.Skip(1), static numbers => Assert.Equal(Batches, numbers.Count));
        for (var writer = 0; writer < Writers; writer++)
        {
            // What is stored beyond that is the one batch whose confirmation the killed process could not tell.
            var stored = (long)(await _schema.ExecuteAsync($"SELECT count(*) FROM memory WHERE key LIKE '{writer}/%'"))!;
            var distinct = (long)(await _schema.ExecuteAsync($"SELECT count(DISTINCT key) FROM memory WHERE key LIKE '{writer}/%'"))!;
            var expected = confirmed[writer].Count * NumberedEntries.BatchSize;
            Assert.Equal(stored, distinct);
            Assert.InRange(stored, expected, writer == 0 ? expected + NumberedEntries.BatchSize : expected);
            var last = confirmed[writer][^1] + NumberedEntries.BatchSize;
            Assert.Equal((long)last, await _schema.ExecuteAsync($"SELECT count(*) FROM memory WHERE key LIKE '{writer}/%' AND split_part(key, '/', 2)::int < {last}"));
        }

        Assert.Equal(0L, await _schema.ExecuteAsync("SELECT count(*) FROM memory_others"));
    }

    private async Task<List<int>> WriteAsync(int writer, int killAfter)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [typeof(NumberedEntries).Assembly.Location, _schema.Name, writer.ToString(CultureInfo.InvariantCulture), Batches.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
        };
        start.Environment[PostgresBackendOptions.DefaultEnvironmentVariable] = _schema.ConnectionString;
        using var process = Process.Start(start)!;
        try
        {
            var confirmed = new List<int>();
            while (await process.StandardOutput.ReadLineAsync(Token) is { } line)
            {
                confirmed.Add(int.Parse(line, CultureInfo.InvariantCulture));
                if (confirmed.Count == killAfter && killAfter < Batches) process.Kill();
            }

            await process.WaitForExitAsync(Token);
            return confirmed;
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }
}
