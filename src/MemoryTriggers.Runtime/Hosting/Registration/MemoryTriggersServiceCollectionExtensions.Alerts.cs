using System.Diagnostics.CodeAnalysis;
using MemoryTriggers;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

public static partial class MemoryTriggersServiceCollectionExtensions
{
    /// <summary>Adds a channel. It is made once, by the services of the program; adding it twice is harmless.</summary>
    public static IMemoryTriggersBuilder AddAlertChannel<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TChannel>(
        this IMemoryTriggersBuilder builder)
        where TChannel : class, IAlertChannel
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IAlertChannel, TChannel>());
        return builder;
    }
}
