using MemoryTriggers;
using Microsoft.Extensions.Hosting;
using Parcels;

namespace Worker;

/// <summary>Sends parcels, most of which are easy. Each round is a scope, the parent of what the library does in it.</summary>
internal sealed class ParcelWorker(Dispatch dispatch, WorkerOptions options, MemoryTriggerService memory, IHostApplicationLifetime lifetime, TimeProvider time)
    : BackgroundService
{
    private static readonly string[] Countries = ["DE", "FR", "CH", "JP"];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var number = 1; number <= (options.Parcels ?? int.MaxValue); number++)
        {
            Send(new Parcel(number, Countries[number % Countries.Length], number % 5 == 0 ? 42 : number % 5 * 6));
            if (options.Parcels is null) await Task.Delay(TimeSpan.FromSeconds(1), time, stoppingToken);
        }

        await MemoryReport.WriteAsync(memory, stoppingToken);
        lifetime.StopApplication();
    }

    private void Send(Parcel parcel)
    {
        using var round = TriggerScope.Agent("send parcel", agentType: "parcel_worker").AddMetadata("number", parcel.Number);
        try
        {
            Console.WriteLine($"parcel {parcel.Number}: {dispatch.Send(parcel)}");
        }
        catch (ParcelTooHeavyException refusal)
        {
            Console.WriteLine($"parcel {parcel.Number}: too heavy, sent as {dispatch.Split(refusal)}");
        }

        round.Complete();
    }
}
