using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;

namespace MemoryTriggers.Hosting;

/// <summary>Brings the channels that a program has registered as services, and the host's meters, into the options.</summary>
internal sealed class OperationsServices(IEnumerable<IAlertChannel> channels, IEnumerable<IMeterFactory> meters)
    : IPostConfigureOptions<MemoryTriggersOptions>
{
    public void PostConfigure(string? name, MemoryTriggersOptions options)
    {
        foreach (var channel in channels) options.Operations.Alerts.Channels.Add(channel);
        options.Operations.Meters = meters.LastOrDefault();
    }
}
