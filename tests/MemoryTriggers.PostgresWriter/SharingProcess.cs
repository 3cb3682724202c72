using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.PostgresWriter;

/// <summary>A program that shares circuits and limits: it collects some memories, isolates its store, and tells how many of them the limit denied.</summary>
public static class SharingProcess
{
    /// <summary>The first argument of such a program.</summary>
    public const string Argument = "share";

    public static PolicyRule AtMostFiveAnHour { get; } = new()
    {
        Name = "at_most_five_an_hour",
        Conditions = [new PolicyCondition { Type = PolicyConditionType.RateLimit, RateLimit = 5, TimeWindow = 3600, Negate = true }],
        Verdict = PolicyVerdict.Deny,
    };

    public static ProcessStartInfo Start(string connectionString, string schema, string folder, int memories)
    {
        var start = new ProcessStartInfo(
            "dotnet", [typeof(SharingProcess).Assembly.Location, Argument, schema, folder, memories.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
        };
        start.Environment[PostgresBackendOptions.DefaultEnvironmentVariable] = connectionString;
        return start;
    }

    public static async Task RunAsync(string schema, string folder, int memories)
    {
        var store = new PostgresMemoryBackend(new() { Schema = schema, ShareBreakers = true, ShareRateLimits = true }, NullLogger.Instance, TimeProvider.System);
        await using var memory = await MemoryTriggerService.StartAsync(
            options =>
            {
                options.DataDirectory = folder;
                options.Policies.Rules.Add(AtMostFiveAnHour);
            },
            store);
        for (var number = 0; number < memories; number++)
        {
            await memory.Collector.CollectAsync(MemoryCategories.UserFeedback, string.Create(CultureInfo.InvariantCulture, $"feedback number {number}"));
        }

        await memory.FlushAsync();
        memory.CircuitBreakers[0].Isolate();
        Console.WriteLine((await memory.GetHealthAsync()).Denied);
    }
}
