using System.CommandLine;
using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Benchmarks.Hooks;

/// <summary>What is measured: each thing without its hook, with it and nothing to remember, and with a memory made of it.</summary>
internal sealed class HookCases : IAsyncDisposable
{
    private readonly ActivitySource _unheard = new("Benchmark.Unheard");
    private readonly ActivitySource _heard = new("Benchmark.Heard");
    private readonly ServiceProvider _plain = Provider(static _ => { });
    private readonly ServiceProvider _hooked = Provider(static services => services.AddMemoryTriggers()
        .AddLogHooks(static options => (options.MaxPerMinute, options.RepeatWindow) = (10_000, TimeSpan.FromDays(1)))
        .AddHttpClientHooks(static options => (options.MaxPerMinute, options.RepeatWindow) = (10_000, TimeSpan.FromDays(1)))
        .AddActivityHooks("Benchmark.Heard"));
    private readonly IHostedService _listener;

    public HookCases()
    {
        _listener = _hooked.GetServices<IHostedService>().Single(static service => service.GetType().Name == "ActivityHook");
        _listener.StartAsync(CancellationToken.None).GetAwaiter().GetResult();
        var hooks = _hooked.GetRequiredService<MemoryHooks>();
        var (plainLog, hookedLog) = (Log(_plain), Log(_hooked));
        var known = new InvalidOperationException("no stock");
        All =
        [
            new("event, no runtime", false, count => Repeat(count, () => Tell(hooks))),
            new("event, remembered", true, count => Repeat(count, () => Tell(hooks)), "event, no runtime"),
            new("the same in a context of six ids", true, count => InContext(() => Repeat(count, () => Tell(hooks))), "event, no runtime"),
            new("LogInformation, no hook", true, count => Repeat(count, () => plainLog.LogInformation("step"))),
            new("LogInformation, hook on", true, count => Repeat(count, () => hookedLog.LogInformation("step")), "LogInformation, no hook"),
            new("LogError with an exception, no hook", true, count => Repeat(count, () => plainLog.LogError(new InvalidOperationException("no funds"), "It broke"))),
            new("LogError, hook on, no runtime", false, count => Repeat(count, () => hookedLog.LogError(new InvalidOperationException("no funds"), "It broke")), "LogError with an exception, no hook"),
            new("LogError, hook on, a repeat", true, count => Repeat(count, () => hookedLog.LogError(new InvalidOperationException("no funds"), "It broke")), "LogError with an exception, no hook"),
            new("LogError, hook on, in another memory already", true, count => Repeat(count, () => hookedLog.LogError(known, "It broke")), "LogError with an exception, no hook"),
            new("activity, nobody listens", true, count => Repeat(count, () => _unheard.StartActivity("work")?.Dispose())),
            new("activity, hook on, remembered", true, count => Repeat(count, () => _heard.StartActivity("work")?.Dispose()), "activity, nobody listens"),
            new("request answered 200, no hook", true, Requests(_plain, HttpStatusCode.OK)),
            new("request answered 200, hook on", true, Requests(_hooked, HttpStatusCode.OK), "request answered 200, no hook"),
            new("request answered 500, hook on, a repeat", true, Requests(_hooked, HttpStatusCode.InternalServerError), "request answered 200, no hook"),
            new("question to a model, no hook", true, Questions(new FixedModel())),
            new("question to a model, hook on, no runtime", false, Questions(new FixedModel().WithMemory(hooks)), "question to a model, no hook"),
            new("question to a model, hook on, remembered", true, Questions(new FixedModel().WithMemory(hooks)), "question to a model, no hook"),
            new("tool called, no hook", true, Tools(AIFunctionFactory.Create(InStock))),
            new("tool called, hook on, in order", true, Tools(AIFunctionFactory.Create(InStock).WithMemory(hooks)), "tool called, no hook"),
            new("command, no hook", true, Commands(Command())),
            new("command, hook on, remembered", true, Commands(Command().UseMemoryTriggers()), "command, no hook"),
            new("exception thrown and caught", true, count => Repeat(count, () => Thrown())),
            new("the same, and its fingerprint", true, count => Repeat(count, () => ErrorFingerprint.Of(Thrown())), "exception thrown and caught"),
        ];
    }

    public IReadOnlyList<HookCase> All { get; }

    public async ValueTask DisposeAsync()
    {
        await _listener.StopAsync(CancellationToken.None);
        await _plain.DisposeAsync();
        await _hooked.DisposeAsync();
        _unheard.Dispose();
        _heard.Dispose();
    }

    private static void Repeat(int count, Action action)
    {
        for (var number = 0; number < count; number++) action();
    }

    private static void Tell(MemoryHooks hooks) => hooks.OnDecisionPointAsync("PostgreSQL", "many machines").GetAwaiter().GetResult();

    private static void InContext(Action action)
    {
        using (MemoryContext.Begin(new() { Project = "shop", Agent = "qa", SessionId = "s-17", TaskId = "t-1", UserId = "u-3", CorrelationId = "c-9" })) action();
    }

    private static ILogger Log(ServiceProvider provider) => provider.GetRequiredService<ILoggerFactory>().CreateLogger("Benchmark");

    private static Action<int> Requests(ServiceProvider provider, HttpStatusCode status)
    {
        var client = provider.GetRequiredService<IHttpClientFactory>().CreateClient(status.ToString());
        return count => Repeat(count, () => client.GetAsync("http://shop.example/orders/17").GetAwaiter().GetResult().Dispose());
    }

    private static Action<int> Questions(IChatClient client)
    {
        ChatMessage[] messages = [new(ChatRole.User, "Is it in stock?")];
        return count => Repeat(count, () => client.GetResponseAsync(messages).GetAwaiter().GetResult());
    }

    private static Action<int> Tools(AIFunction tool)
    {
        var arguments = new AIFunctionArguments { ["item"] = "apple" };
        return count => Repeat(count, () => tool.InvokeAsync(arguments).AsTask().GetAwaiter().GetResult());
    }

    private static bool InStock(string item) => item.Length > 0;

    private static InvalidOperationException Thrown()
    {
        try
        {
            throw new InvalidOperationException("order 17 has no stock");
        }
        catch (InvalidOperationException exception)
        {
            return exception;
        }
    }

    // Parsed each time, as a program does.
    private static Action<int> Commands(RootCommand root) => count => Repeat(count, () => root.Parse(["add", "apple", "--count", "3"]).Invoke());

    private static RootCommand Command()
    {
        var add = new Command("add") { new Argument<string>("item"), new Option<int>("--count") };
        add.SetAction(static parsed => parsed.GetValue<int>("--count") - 3);
        return [add];
    }

    private static ServiceProvider Provider(Action<IServiceCollection> configure)
    {
        var services = new ServiceCollection();
        // A program logs somewhere: the hook is measured beside another provider.
        services.AddLogging(static logging => logging.AddProvider(new SilentLogs()));
        foreach (var status in new[] { HttpStatusCode.OK, HttpStatusCode.InternalServerError })
        {
            services.AddHttpClient(status.ToString()).ConfigurePrimaryHttpMessageHandler(() => new FixedAnswer(status)).RemoveAllLoggers();
        }

        configure(services);
        return services.BuildServiceProvider();
    }
}
