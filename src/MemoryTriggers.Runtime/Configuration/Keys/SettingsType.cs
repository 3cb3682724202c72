using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using MemoryTriggers.Validation;

namespace MemoryTriggers.Configuration;

/// <summary>The keys of one section, or of the members of a map.</summary>
internal sealed class SettingsType
{
    private readonly Dictionary<string, SettingProperty> _byName;

    private SettingsType(
        Type map, IReadOnlyList<SettingProperty> properties, Func<object> create,
        Func<IEnumerable<KeyValuePair<string, object>>, object> createMap)
    {
        (MapType, Properties, Create, CreateMap) = (map, properties, create, createMap);
        _byName = properties.ToDictionary(static property => Plain(property.Name), StringComparer.Ordinal);
        Names = [.. properties.Select(static property => property.Name)];
    }

    /// <summary>The type of a map of such sections.</summary>
    public Type MapType { get; }

    public IReadOnlyList<SettingProperty> Properties { get; }

    public IReadOnlyList<string> Names { get; }

    /// <summary>Makes the object that has the keys: the whole configuration, or a member of a map.</summary>
    public Func<object> Create { get; }

    public Func<IEnumerable<KeyValuePair<string, object>>, object> CreateMap { get; }

    /// <summary>The members of a map.</summary>
    public static SettingsType Of<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] TMember>()
        where TMember : class, new() => Of<TMember>(Keys<TMember, TMember>("", static member => member));

    public static SettingsType Of<TSettings>(IEnumerable<SettingProperty> properties)
        where TSettings : class, new() => new(
        typeof(IReadOnlyDictionary<string, TSettings>), [.. properties], static () => new TSettings(),
        static members =>
            members.ToDictionary(static member => member.Key, static member => (TSettings)member.Value, StringComparer.Ordinal));

    /// <summary>The keys that a part of an object has.</summary>
    /// <param name="section">The section of those that name none.</param>
    /// <param name="part">From the object to the part.</param>
    public static IEnumerable<SettingProperty> Keys<
        TSettings, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] TPart>(
        string section, Func<TSettings, TPart> part)
        where TSettings : class
        where TPart : class =>
        from property in typeof(TPart).GetProperties()
        let setting = property.GetCustomAttribute<SettingAttribute>()
        where setting is not null
        select new SettingProperty(setting.Section ?? section, property, setting, settings => part((TSettings)settings));

    /// <summary>The key of that name, however it is spelled: BatchSize, batchsize and batch_size are one.</summary>
    public SettingProperty? Find(string name) => _byName.GetValueOrDefault(Plain(name));

    private static string Plain(string name) => name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
}
