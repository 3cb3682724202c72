using System.Globalization;
using MemoryTriggers;
using MemoryTriggers.PostgresWriter;
using Microsoft.Extensions.Logging.Abstractions;

// A process that writes beside others: it tells its parent which memories the server has confirmed, until it is done or killed.
// The connection string comes from the environment; the arguments are the schema, the writer's number, and how many batches.
// With "work" as its first argument it is a worker instead.
if (args[0] == WorkerProcess.Argument)
{
    await WorkerProcess.RunAsync(args[1], args[2], isVictim: args[3] == "victim");
    return;
}

if (args[0] == SharingProcess.Argument)
{
    await SharingProcess.RunAsync(args[1], args[2], int.Parse(args[3], CultureInfo.InvariantCulture));
    return;
}

var writer = int.Parse(args[1], CultureInfo.InvariantCulture);
var batches = int.Parse(args[2], CultureInfo.InvariantCulture);
await using var backend = new PostgresMemoryBackend(new() { Schema = args[0] }, NullLogger.Instance, TimeProvider.System);
await backend.InitializeAsync(CancellationToken.None);

for (var number = 0; number < batches * NumberedEntries.BatchSize; number += NumberedEntries.BatchSize)
{
    await backend.StoreAsync(NumberedEntries.Batch(writer, number), CancellationToken.None);
    Console.WriteLine(number);
}
