using System.Globalization;
using MemoryTriggers;
using MemoryTriggers.PostgresWriter;
using Microsoft.Extensions.Logging.Abstractions;

// A process that writes until it is killed: it tells its parent which batches the store has confirmed. The arguments are the file, and
// the number of the first memory. Every fifth batch is deleted again, so that kills hit checkpoints as well.
var first = int.Parse(args[1], CultureInfo.InvariantCulture);
await using var backend = new LiteDbMemoryBackend(new() { Path = args[0], CheckpointPages = 60 }, NullLogger.Instance, TimeProvider.System);
await backend.InitializeAsync(CancellationToken.None);
Console.WriteLine(backend.Recovery ?? "open");

for (var number = first; ; number += NumberedEntries.BatchSize)
{
    var batch = NumberedEntries.Batch(1, number);
    await backend.StoreAsync(batch, CancellationToken.None);
    if (number / NumberedEntries.BatchSize % 5 == 4)
    {
        foreach (var entry in batch) await backend.DeleteAsync(entry.Id, CancellationToken.None);
        continue;
    }

    Console.WriteLine(number);
}
