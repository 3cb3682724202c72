namespace MemoryTriggers.Build.Packages;

/// <summary>What users write.</summary>
internal static class Programs
{
    /// <summary>Ten lines from the attribute to what was recalled.</summary>
    public const string Console =
        """
        using MemoryTriggers;
        await using var memory = await MemoryTriggerService.StartAsync(options => options.DataDirectory = args[0]);
        Pusher.Push("main");
        await memory.FlushAsync();
        foreach (var hit in await memory.Recall.SearchAsync("what was pushed?")) Console.WriteLine("recalled: " + hit.Entry.Content);
        static class Pusher
        {
            [WorkflowMemoryTrigger(Content = "Pushed {branch}: {result} commits", CaptureArguments = true)]
            public static int Push(string branch) => branch.Length;
        }
        """;

    /// <summary>Decorates, and knows nothing of a runtime.</summary>
    public const string Library =
        """
        namespace Stock;

        public class Shelf
        {
            [MemoryTriggers.AgentMemoryTrigger("picker", Content = "Picked {item}", CaptureArguments = true)]
            public async Task<int> PickAsync(string item)
            {
                await Task.Yield();
                return item.Length;
            }
        }
        """;

    public const string Host =
        """
        using MemoryTriggers;
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.Extensions.Hosting;

        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddMemoryTriggers(options => options.DataDirectory = args[0]);
        using var host = builder.Build();
        await host.StartAsync();
        await new Stock.Shelf().PickAsync("apples");
        await host.Services.GetRequiredService<MemoryTriggerService>().FlushAsync();
        foreach (var hit in await host.Services.GetRequiredService<IMemoryRecall>().SearchAsync("what was picked?")) Console.WriteLine("recalled: " + hit.Entry.Content);
        await host.StopAsync();
        """;

    public const string Web =
        """
        using MemoryTriggers;
        using Microsoft.AspNetCore.Mvc;

        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddControllers();
        builder.Services.AddMemoryTriggers(options => options.DataDirectory = args[0]);
        await using var app = builder.Build();
        app.UseMemoryTriggers();
        app.MapControllers();
        app.MapGet("/broken/{number}", int (int number) => throw new NotSupportedException("out of order"));
        app.MapMemoryTriggers();
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        Console.WriteLine("answered: " + await client.GetStringAsync("orders/7?note=soon"));
        Console.WriteLine("refused: " + (int)(await client.GetAsync("orders/0")).StatusCode);
        Console.WriteLine("broke: " + (int)(await client.GetAsync("broken/7")).StatusCode);
        await app.Services.GetRequiredService<MemoryTriggerService>().FlushAsync();
        Console.WriteLine("health: " + await client.GetStringAsync("memory-triggers/health"));
        foreach (var entry in await app.Services.GetRequiredService<IMemoryRecall>().ListAsync(new() { AllProjects = true })) Console.WriteLine("recalled: " + entry.Content);
        await app.StopAsync();

        [ApiController, Route("orders")]
        public class OrdersController : ControllerBase
        {
            [HttpGet("{number:int}")]
            [WorkflowMemoryTrigger(Content = "Looked at order {number}, {note}", CaptureArguments = true)]
            public async Task<ActionResult<string>> Get([FromRoute] int number, [FromQuery] string? note = "nothing")
            {
                await Task.Yield();
                return number == 0 ? NotFound() : $"order {number}";
            }
        }
        """;

    public const string Tests =
        """
        using MemoryTriggers;
        using Xunit;

        public class Sorter
        {
            [KnowledgeMemoryTrigger("sorting", Content = "Sorted {result}")]
            public int Sort(int number) => number > 3 ? throw new ArgumentOutOfRangeException(nameof(number)) : number;
        }

        public class SorterTests
        {
            [Theory, InlineData(1), InlineData(2)]
            [WorkflowMemoryTrigger(Content = "Tested {number}", CaptureArguments = true)]
            public async Task Sort_IsRemembered(int number)
            {
                var data = Directory.CreateTempSubdirectory().FullName;
                await using (var memory = await MemoryTriggerService.StartAsync(options => options.DataDirectory = data, cancellationToken: TestContext.Current.CancellationToken))
                {
                    new Sorter().Sort(number);
                    Assert.Throws<ArgumentOutOfRangeException>(() => new Sorter().Sort(4));
                    Assert.True(await memory.FlushAsync(cancellationToken: TestContext.Current.CancellationToken));
                    Assert.Equal(2, await memory.Recall.CountAsync(new() { AllProjects = true }, TestContext.Current.CancellationToken));
                }

                Directory.Delete(data, recursive: true);
            }
        }
        """;
}
