using MemoryTriggers.TestKit;

namespace MemoryTriggers.Errors;

/// <summary>
/// The links depend on when operations ran, not on when their memories arrive: out of order, in other batches, at two processes, or after a
/// restart.
/// </summary>
public sealed class ResolutionOrderTests
{
    private static readonly string[] Faults = ["System.IO.IOException", "System.InvalidOperationException"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Links_OfAnyInterleaving_AreThoseOfTheModel(int seed)
    {
        var random = new Random(seed);
        var history = Enumerable.Range(0, 14).Select(second => Execution(random, second)).ToList();
        var store = new InMemoryMemoryBackend();
        var time = new ManualTimeProvider(Any.Time.AddHours(1));
        var processes = new[] { ResolutionTests.Linking(new Shared(store), time), ResolutionTests.Linking(new Shared(store), time) };

        var arrival = history.ToArray();
        random.Shuffle(arrival);
        for (var at = 0; at < arrival.Length;)
        {
            var batch = arrival.Skip(at).Take(random.Next(1, 4)).ToList();
            at += batch.Count;
            var which = random.Next(2);
            await processes[which].StoreAsync(batch, Token);
            if (random.Next(4) > 0) continue;
            await processes[which].DisposeAsync();
            processes[which] = ResolutionTests.Linking(new Shared(store), time);
        }

        // Another minute, in which both processes read what the other one stored.
        for (var round = 0; round < 2; round++)
        {
            foreach (var process in processes)
            {
                time.Advance(TimeSpan.FromMinutes(2));
                await process.StoreAsync([ResolutionTests.Success(0) with { Key = "other" }], Token);
            }
        }

        foreach (var process in processes) await process.DisposeAsync();
        await using var last = ResolutionTests.Linking(new Shared(store), time);
        await last.StoreAsync([ResolutionTests.Success(0) with { Key = "other" }], Token);
        var stored = (await store.QueryAsync(new() { AllProjects = true, Key = "place", Limit = 100 }, Token)).ToDictionary(static entry => entry.Id);
        var expected = Model(history).Order(StringComparer.Ordinal);
        Assert.Equal(expected, history.SelectMany(entry => Names(stored[entry.Id])).Order(StringComparer.Ordinal));
    }

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(0, 150)];

    private static MemoryEntry Execution(Random random, int second)
    {
        int? id = random.Next(3) switch { 0 => null, var number => number };
        return random.Next(2) == 0
            ? ResolutionTests.Failure(second, ResolutionTests.Place(id), Faults[random.Next(2)])
            : ResolutionTests.Success(second, ResolutionTests.Place(id));
    }

    // Executions follow each other here: the history is their order.
    private static HashSet<string> Model(List<MemoryEntry> history)
    {
        var links = new HashSet<string>();
        foreach (var (at, failure) in history.Index().Where(static pair => pair.Item.Outcome == TriggerOutcome.Failure))
        {
            var fingerprint = MemoryErrorReader.FingerprintOf(failure)!.Value;
            var isCoincident = false;
            foreach (var success in history.Skip(at + 1).Where(static entry => entry.Outcome == TriggerOutcome.Success))
            {
                var (one, other) = (Id(failure), Id(success));
                if (one is not null && one == other)
                {
                    links.Add($"{success.Id} {fingerprint.ResolutionTag}");
                    break;
                }

                if ((one is null || other is null) && !isCoincident)
                    isCoincident = links.Add($"{success.Id} {fingerprint.CoincidenceTag}") || true;
            }
        }

        links.RemoveWhere(link => links.Contains(link.Replace("coincides:", "resolves:", StringComparison.Ordinal)) && link.Contains("coincides:", StringComparison.Ordinal));
        return links;
    }

    private static int? Id(MemoryEntry entry) => entry.Value.TryGetProperty("arguments", out var arguments) ? arguments.GetProperty("id").GetInt32() : null;

    private static IEnumerable<string> Names(MemoryEntry entry) =>
        entry.Tags.Where(static tag => tag.StartsWith("resolves:", StringComparison.Ordinal) || tag.StartsWith("coincides:", StringComparison.Ordinal))
            .Select(tag => $"{entry.Id} {tag}");

    /// <summary>A store that outlives a process.</summary>
    private sealed class Shared(IMemoryBackend store) : DelegatingMemoryBackend(store)
    {
        public override ValueTask DisposeAsync() => default;
    }
}
