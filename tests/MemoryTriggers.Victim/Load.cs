using Microsoft.Extensions.Hosting;

namespace MemoryTriggers.Victim;

/// <summary>Calls without a pause until the host stops.</summary>
internal sealed class Load(Func<int, Task> call) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var number = 0; !stoppingToken.IsCancellationRequested; number++)
        {
            await call(number);
            await Task.Yield();
        }
    }
}
