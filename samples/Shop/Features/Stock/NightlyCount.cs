namespace Shop.Features.Stock;

/// <summary>Counts the stock in the background, at the start and then each day.</summary>
internal sealed class NightlyCount(IServiceScopeFactory scopes, TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var days = new PeriodicTimer(TimeSpan.FromDays(1), time);
        do
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<StockCount>().CountAsync(stoppingToken);
        }
        while (await days.WaitForNextTickAsync(stoppingToken));
    }
}
