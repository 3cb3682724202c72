using System.Globalization;
using MemoryTriggers;
using MemoryTriggers.Victim;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

// A program that something bad happens to: it captures, tells its parent which calls have returned, and never gets to store anything.
var (folder, calls) = (args[0], int.Parse(args[1], CultureInfo.InvariantCulture));
switch (args.ElementAtOrDefault(2))
{
    case "served":
        await ServeAsync();
        break;
    case "starved":
        Starve();
        break;
    case "crashed":
        await CrashAsync();
        break;
    case "watched":
        await CrashWithoutAHostAsync();
        break;
    case "exited":
        await ExitAsync();
        break;
    case "naming-sqlite":
        await NameAsync("sqlite");
        break;
    case "naming-json":
        await NameAsync("json");
        break;
    case "everything":
        await WithEverythingAsync();
        break;
    default:
        await WaitForTheEndAsync();
        break;
}

return 0;

async Task WaitForTheEndAsync()
{
    await using var memory = await MemoryTriggerService.StartAsync(Configure, new HangingBackend());
    for (var number = 0; number < calls; number++) await CallAsync(number);
    await Task.Delay(Timeout.InfiniteTimeSpan);
}

// Under a host, working until it is told to end.
async Task ServeAsync()
{
    var builder = Host.CreateApplicationBuilder();
    builder.Logging.ClearProviders();
    builder.Services.AddSingleton<IMemoryBackend, HangingBackend>();
    builder.Services.AddMemoryTriggers(Configure);
    builder.Services.AddHostedService(_ => new Load(CallAsync));
    await builder.Build().RunAsync();
}

// Under a host that remembers what ends it, by an exception that nobody catches.
async Task CrashAsync()
{
    var builder = Host.CreateApplicationBuilder();
    builder.Logging.ClearProviders();
    builder.Services.AddSingleton<IMemoryBackend, HangingBackend>();
    builder.Services.AddMemoryTriggers(Configure).AddHostHooks();
    await builder.Build().StartAsync();
    using var context = MemoryContext.Begin(new() { SessionId = "the last" });
    var thread = new Thread(static () => throw new InvalidOperationException("the end"));
    thread.Start();
    thread.Join();
}

// Sets one preference again and again, beside another process that does the same.
async Task NameAsync(string backendType)
{
    await using var memory = await MemoryModule.OpenAsync(folder, backendType, project: "victim");
    for (var number = 0; number < calls; number++)
    {
        await memory.Preferences.SetAsync("theme", $"{Environment.ProcessId}/{number}");
        Console.WriteLine(number);
    }
}

// Without a host, with the one line that watches.
async Task CrashWithoutAHostAsync()
{
    var memory = await MemoryTriggerService.StartAsync(Configure, new HangingBackend());
    memory.WatchCrashes();
    var thread = new Thread(static () => throw new InvalidOperationException("the end"));
    thread.Start();
    thread.Join();
}

// Ended from somewhere inside, without having stopped anything.
async Task ExitAsync()
{
    (await MemoryTriggerService.StartAsync(Configure, new HangingBackend())).WatchCrashes();
    Environment.Exit(3);
}

// With every thread of the pool blocked. Nothing of what a call needs may depend on one.
void Starve()
{
    // On the main thread: one of the pool would be missing below.
    _ = MemoryTriggerService.StartAsync(Configure, new HangingBackend()).GetAwaiter().GetResult();
    ThreadPool.SetMinThreads(1, 1);
    ThreadPool.SetMaxThreads(Environment.ProcessorCount, Environment.ProcessorCount);
    using var never = new ManualResetEventSlim();
    using var blocked = new CountdownEvent(Environment.ProcessorCount);
    for (var thread = 0; thread < Environment.ProcessorCount; thread++)
    {
        ThreadPool.UnsafeQueueUserWorkItem(_ =>
        {
            blocked.Signal();
            never.Wait();
        }, null);
    }

    blocked.Wait();
    for (var number = 0; number < calls; number++)
    {
        Remember(number);
        Console.WriteLine(number);
    }

    never.Wait();
}

// With all that writes files beside the journal and the store; at work until it is killed.
async Task WithEverythingAsync()
{
    await using var memory = await MemoryTriggerService.StartAsync(options =>
    {
        Configure(options);
        options.Policies.File = Path.Combine(folder, "..", "policies.yaml");
        options.Policies.SaveStateEvery = TimeSpan.FromSeconds(1);
        options.Protection.KeyFile = Path.Combine(folder, "..", "keys");
        options.Protection.CompressAfter = TimeSpan.FromDays(1);
        options.Duplicates.Window = TimeSpan.FromHours(1);
        options.Operations.MetricsHistory.Enabled = true;
        options.Operations.MetricsHistory.Interval = TimeSpan.FromSeconds(1);
    });
    for (var number = 0; number < calls; number++) await CallAsync(number);
    await memory.FlushAsync();
    Console.WriteLine(calls);
    await Task.Delay(Timeout.InfiniteTimeSpan);
}

static void Remember(int number)
{
    using var scope = TriggerScope.Workflow("scope").Synced();
    scope.AddMetadata("number", number).Complete();
}

async Task CallAsync(int number)
{
    switch (number % 3)
    {
        case 0: new Work().Add(number); break;
        case 1: await new Work().AddLaterAsync(number); break;
        default:
            await using (var scope = TriggerScope.Agent("scope", agentType: "victim")) scope.AddMetadata("number", number);
            break;
    }

    // The call has returned: from here on its memory must survive.
    Console.WriteLine(number);
}

void Configure(MemoryTriggersOptions options)
{
    options.DataDirectory = folder;
    options.Project = "victim";
    options.Delivery.ShutdownTimeout = TimeSpan.FromSeconds(1);
}
