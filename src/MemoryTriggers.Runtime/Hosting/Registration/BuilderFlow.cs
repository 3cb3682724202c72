using MemoryTriggers.Capture;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MemoryTriggers.Hosting;

/// <summary>
/// Makes the flow that builds a host that of its service, such as a test with a host of its own. Building a host makes its loggers, on the
/// thread of the caller; nothing else that a program can add to takes part in it.
/// </summary>
internal sealed class BuilderFlow(CaptureTarget target) : IConfigureOptions<LoggerFilterOptions>
{
    public void Configure(LoggerFilterOptions options) => TriggerFlow.Current = TriggerFlow.Toward(target);
}
