using MemoryTriggers.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MemoryTriggers.Hosting;

/// <summary>Somebody sets the clock by a day while memories are on their way.</summary>
[Collection(nameof(ProcessWide))]
public sealed class ClockJumpTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly JumpingTimeProvider _clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task Jump_WhileStoringIsTriedAgain_LosesAndDelaysNothing(int days)
    {
        var attempts = 0;
        var store = new RecordingBackend
        {
            BeforeStore = (_, _) =>
            {
                if (++attempts > 2) return Task.CompletedTask;
                _clock.Jump(TimeSpan.FromDays(days));
                throw new MemoryBackendException("recording", "away", isTransient: true);
            },
        };
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddSingleton<TimeProvider>(_clock);
        builder.Services.AddMemoryTriggers(options =>
        {
            options.DataDirectory = _directory.Path;
            options.Delivery.RetryDelay = TimeSpan.FromMilliseconds(1);
        }).UseBackend(_ => store);
        using var host = builder.Build();
        await host.StartAsync(Token);
        var memory = host.Services.GetRequiredService<MemoryTriggerService>();

        for (var number = 0; number < 10; number++)
        {
            using (TriggerScope.Workflow($"step {number}"))
            {
            }
        }

        Assert.True(await memory.FlushAsync(cancellationToken: Token));
        var entries = await memory.Recall.ListAsync(new() { AllProjects = true }, Token);
        Assert.Equal(10, entries.Count);
        Assert.All(entries, static entry => Assert.InRange(entry.Duration, TimeSpan.Zero, TimeSpan.FromMinutes(1)));
        // In no order: who is captured after the clock was set back is older than what was captured before.
        Assert.Equal(Enumerable.Range(0, 10).Select(static number => $"step {number}"), entries.Select(static entry => entry.Key).Order(StringComparer.Ordinal));
        Assert.True((await memory.GetHealthAsync(Token)).IsBalanced);
        await host.StopAsync(Token);
    }
}
