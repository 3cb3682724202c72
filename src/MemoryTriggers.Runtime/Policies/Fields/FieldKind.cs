namespace MemoryTriggers.Policies;

/// <summary>The kind of a field of a memory. JSON's null is as good as missing.</summary>
internal enum FieldKind : byte
{
    Missing,
    Text,
    Number,
    Truth,
    Tags,
    Array,
    Object,
}
