using Microsoft.Extensions.Options;

namespace MemoryTriggers.Hosting;

/// <summary>Brings the policies and actions that a program has registered as services into the options.</summary>
internal sealed class PolicyServices(IEnumerable<IPolicy> policies, IEnumerable<IPolicyAction> actions)
    : IPostConfigureOptions<MemoryTriggersOptions>
{
    public void PostConfigure(string? name, MemoryTriggersOptions options)
    {
        foreach (var policy in policies) options.Policies.Programs.Add(policy);
        foreach (var action in actions) options.Policies.Actions.Add(action);
    }
}
