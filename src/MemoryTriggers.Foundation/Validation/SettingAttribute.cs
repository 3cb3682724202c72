namespace MemoryTriggers.Validation;

/// <summary>
/// Makes a property a key of configuration files, in snake_case, and says what the key does. Bounds and default are those of the property.
/// </summary>
/// <param name="effect">One sentence for docs/configuration.md and the JSON Schema.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SettingAttribute(string effect) : Attribute
{
    public string Effect { get; } = effect;

    /// <summary>What one of the key is, where the property is a size in bytes or a time.</summary>
    public SettingUnit Unit { get; init; }

    /// <summary>The least value of the key, where it is more than that of the property.</summary>
    public double Least { get; init; } = double.NaN;

    /// <summary>The greatest value of the key, where it is less than that of the property.</summary>
    public double Most { get; init; } = double.NaN;

    /// <summary>The section of the key, where it is not that of the class.</summary>
    public string? Section { get; init; }

    /// <summary>The key, where it is not the property in snake_case.</summary>
    public string? Name { get; init; }

    /// <summary>Whether a document must have it.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Whether it is never shown.</summary>
    public bool IsSecret { get; init; }

    /// <summary>Whether a reload leaves it as it was at the start.</summary>
    public bool NeedsRestart { get; init; }

    /// <summary>What kind of key it is, where the type of the property does not say it.</summary>
    public string? Form { get; init; }
}
