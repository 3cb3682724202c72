using Microsoft.Extensions.DependencyInjection;

namespace MemoryTriggers;

/// <summary>What <c>AddMemoryTriggers</c> gives back, to say more.</summary>
public interface IMemoryTriggersBuilder
{
    /// <summary>The services of the program.</summary>
    IServiceCollection Services { get; }
}
