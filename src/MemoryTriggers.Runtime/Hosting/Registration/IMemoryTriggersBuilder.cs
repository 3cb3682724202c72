using Microsoft.Extensions.DependencyInjection;

namespace MemoryTriggers;

/// <summary>The builder that <c>AddMemoryTriggers</c> returns, for further configuration.</summary>
public interface IMemoryTriggersBuilder
{
    /// <summary>The services of the program.</summary>
    IServiceCollection Services { get; }
}
