using System.Diagnostics.CodeAnalysis;
using MemoryTriggers;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

public static partial class MemoryTriggersServiceCollectionExtensions
{
    /// <summary>Adds a policy. It is made once, by the services of the program; adding it twice is harmless.</summary>
    public static IMemoryTriggersBuilder AddPolicy<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TPolicy>(
        this IMemoryTriggersBuilder builder)
        where TPolicy : class, IPolicy
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IPolicy, TPolicy>());
        return builder;
    }

    /// <summary>Adds a type of action that rules may ask for. It is made once; adding it twice is harmless.</summary>
    public static IMemoryTriggersBuilder AddPolicyAction<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TAction>(
        this IMemoryTriggersBuilder builder)
        where TAction : class, IPolicyAction
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IPolicyAction, TAction>());
        return builder;
    }
}
