using System.Buffers.Binary;

namespace MemoryTriggers.Policies;

/// <summary>A number from 0 to below 1 for a memory, evenly spread over memories, and different for each condition of each rule.</summary>
internal sealed class Draw
{
    private readonly ulong _salt;

    public Draw(int seed, string rule, int position)
    {
        _salt = Mix((ulong)(uint)seed << 32 | (uint)position);
        foreach (var character in rule) _salt = Mix(_salt ^ character);
    }

    public double Of(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes);
        var mixed = Mix(Mix(_salt ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes)) ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]));
        return (mixed >> 11) * (1.0 / (1UL << 53));
    }

    // The finalizer of SplitMix64.
    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9;
        value = (value ^ value >> 27) * 0x94D049BB133111EB;
        return value ^ value >> 31;
    }
}
