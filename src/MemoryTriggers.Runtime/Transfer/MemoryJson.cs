using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MemoryTriggers.Transfer;

/// <summary>The form of memories in JSON that people read: snake_case, indented, other scripts as they are.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    WriteIndented = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(Names<TriggerType>), typeof(Names<TriggerPriority>), typeof(Names<TriggerOutcome>)])]
[JsonSerializable(typeof(MemoryDocument))]
internal sealed partial class MemoryJson : JsonSerializerContext
{
    // Made when it is first needed: the generated default may be made after the fields of this part.
    public static MemoryJson Readable =>
        field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>The same in one line.</summary>
    public static MemoryJson Compact =>
        field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            WriteIndented = false });

    /// <summary>Stored names, as <see cref="TriggerNames"/> has them; numbers are refused.</summary>
    internal sealed class Names<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
        where T : struct, Enum;
}
