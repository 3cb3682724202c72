using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace MemoryTriggers.PostgresWriter;

/// <summary>
/// A process that takes work from a queue until its input ends, notes in the database when it began, and tells its parent what it has done. A
/// victim gets stuck in the middle of its work, and waits to be killed.
/// </summary>
public static class WorkerProcess
{
    /// <summary>The first argument of a worker.</summary>
    public const string Argument = "work";

    /// <summary>What a victim says before it waits.</summary>
    public const string Stuck = "stuck";

    private const int StuckAfter = 10;
    private const int AtOnce = 5;

    public static string CreateNotes(string schema) =>
        $"CREATE TABLE {schema}.note (key text, attempt int, ends_at timestamptz, begun_at timestamptz DEFAULT clock_timestamp())";

    public static ProcessStartInfo Start(string connectionString, string schema, string queue, bool isVictim)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(WorkerProcess).Assembly.Location, Argument, schema, queue, isVictim ? "victim" : "worker"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment[PostgresBackendOptions.DefaultEnvironmentVariable] = connectionString;
        return start;
    }

    public static async Task RunAsync(string schema, string queueName, bool isVictim)
    {
        using var stop = new CancellationTokenSource();
        var input = Task.Run(async () =>
        {
            await Console.In.ReadToEndAsync();
            await stop.CancelAsync();
        });
        await using var notes = NpgsqlDataSource.Create(Environment.GetEnvironmentVariable(PostgresBackendOptions.DefaultEnvironmentVariable)!);
        await using var queue = new PostgresWorkQueue(
            new() { Schema = schema }, new() { Queue = queueName, LeaseDuration = TimeSpan.FromSeconds(2), MaxAttempts = 100 }, NullLogger.Instance, TimeProvider.System);
        await queue.InitializeAsync(CancellationToken.None);
        try
        {
            for (var done = 0; ;)
            {
                foreach (var lease in await queue.WaitAndLeaseAsync(AtOnce, stop.Token))
                {
                    await NoteAsync(notes, schema, lease);
                    if (isVictim && done >= StuckAfter)
                    {
                        Console.WriteLine(Stuck);
                        await input;
                    }

                    if (!await lease.CompleteAsync(CancellationToken.None)) continue;
                    Console.WriteLine(lease.Key);
                    done++;
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await input;
        }
    }

    private static async Task NoteAsync(NpgsqlDataSource notes, string schema, WorkLease lease)
    {
        await using var command = notes.CreateCommand($"INSERT INTO {schema}.note (key, attempt, ends_at) VALUES ($1, $2, $3)");
        command.Parameters.Add(new() { Value = lease.Key });
        command.Parameters.Add(new() { Value = lease.Attempt });
        command.Parameters.Add(new() { Value = lease.EndsAt });
        await command.ExecuteNonQueryAsync();
    }
}
