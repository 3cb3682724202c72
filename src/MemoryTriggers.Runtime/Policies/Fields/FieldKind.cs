namespace MemoryTriggers.Policies;

/// <summary>What a field of a memory holds. JSON's null is as good as missing.</summary>
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
