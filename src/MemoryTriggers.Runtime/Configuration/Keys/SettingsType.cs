using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using MemoryTriggers.Validation;

namespace MemoryTriggers.Configuration;

/// <summary>The keys of one section.</summary>
internal sealed class SettingsType
{
    private readonly Dictionary<string, SettingProperty> _byName;

    private SettingsType(Type type, Type map, IReadOnlyList<SettingProperty> properties, Func<object> create, Func<IEnumerable<KeyValuePair<string, object>>, object> createMap)
    {
        (Type, MapType, Properties, Create, CreateMap) = (type, map, properties, create, createMap);
        _byName = properties.ToDictionary(static property => Plain(property.Name), StringComparer.Ordinal);
        Names = [.. properties.Select(static property => property.Name)];
    }

    public Type Type { get; }

    /// <summary>The type of a map of such sections.</summary>
    public Type MapType { get; }

    public IReadOnlyList<SettingProperty> Properties { get; }

    public IReadOnlyList<string> Names { get; }

    public Func<object> Create { get; }

    public Func<IEnumerable<KeyValuePair<string, object>>, object> CreateMap { get; }

    public static SettingsType Of<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] TSettings>()
        where TSettings : class, new() => Of<TSettings>(Keys(typeof(TSettings), static settings => settings));

    /// <summary>A section whose options are in an object and in a part of it.</summary>
    public static SettingsType Of<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] TSettings,
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] TPart>(Func<TSettings, TPart> part)
        where TSettings : class, new()
        where TPart : class =>
        Of<TSettings>([.. Keys(typeof(TSettings), static settings => settings), .. Keys(typeof(TPart), settings => part((TSettings)settings))]);

    /// <summary>The key of that name, however it is spelled: BatchSize, batchsize and batch_size are one.</summary>
    public SettingProperty? Find(string name) => _byName.GetValueOrDefault(Plain(name));

    private static SettingsType Of<TSettings>(IEnumerable<SettingProperty> properties)
        where TSettings : class, new() => new(
        typeof(TSettings), typeof(IReadOnlyDictionary<string, TSettings>), [.. properties], static () => new TSettings(),
        static members => members.ToDictionary(static member => member.Key, static member => (TSettings)member.Value, StringComparer.Ordinal));

    private static IEnumerable<SettingProperty> Keys(
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] Type type, Func<object, object> owner) =>
        from property in type.GetProperties()
        let setting = property.GetCustomAttribute<SettingAttribute>()
        where setting is not null
        select new SettingProperty(property, setting, owner);

    private static string Plain(string name) => name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
}
