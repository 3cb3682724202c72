using Microsoft.Extensions.DependencyInjection;

namespace MemoryTriggers.Hosting;

internal sealed record MemoryTriggersBuilder(IServiceCollection Services) : IMemoryTriggersBuilder;
