using System.Text.Json;

namespace MemoryTriggers.Policies;

/// <summary>A field as it was read from one memory. Its text is in the context's buffer, unless it is an existing string.</summary>
internal struct FieldValue
{
    public FieldKind Kind;
    public string? Text;
    public int Start;
    public int Length;
    public double Number;

    /// <summary>Set beforehand: a number need not be written as text.</summary>
    public bool IsNumberOnly;
    public JsonElement Element;
    public IReadOnlyList<string>? Tags;

    public readonly bool IsScalar => Kind is FieldKind.Text or FieldKind.Number or FieldKind.Truth;
}
