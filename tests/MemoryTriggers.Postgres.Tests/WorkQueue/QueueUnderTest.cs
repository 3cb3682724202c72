using System.Globalization;
using System.Text;
using MemoryTriggers.Tests.Server;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Tests.WorkQueue;

/// <summary>Queues over one schema, whose time a test lets pass: leases and delays are as much nearer to their end.</summary>
internal sealed class QueueUnderTest(PostgresSchemaUnderTest schema)
{
    public const string Name = "reports";

    public PostgresWorkQueue Create(Action<PostgresWorkQueueOptions>? configure = null, TimeProvider? time = null, bool notify = true)
    {
        var options = new PostgresWorkQueueOptions { Queue = Name, LeaseDuration = TimeSpan.FromHours(1), PollInterval = TimeSpan.FromHours(1) };
        configure?.Invoke(options);
        return new PostgresWorkQueue(
            new() { ConnectionString = schema.ConnectionString, Schema = schema.Name, NotifyChanges = notify }, options, NullLogger.Instance, time ?? TimeProvider.System);
    }

    public async Task<PostgresWorkQueue> OpenAsync(Action<PostgresWorkQueueOptions>? configure = null, TimeProvider? time = null, bool notify = true)
    {
        var queue = Create(configure, time, notify);
        await queue.InitializeAsync(TestContext.Current.CancellationToken);
        return queue;
    }

    public Task PassAsync(TimeSpan time) => schema.ExecuteAsync(
        string.Create(CultureInfo.InvariantCulture, $"UPDATE work_item SET due_at = due_at - interval '{time.TotalSeconds} seconds'"));

    public static WorkItem Item(string key) => new(key, Encoding.UTF8.GetBytes($"do {key}"));

    public static IEnumerable<string> Keys(IEnumerable<WorkLease> leases) => leases.Select(static lease => lease.Key);
}
