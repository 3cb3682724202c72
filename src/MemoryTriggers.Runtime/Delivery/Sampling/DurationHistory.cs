using System.Numerics;
using System.Runtime.InteropServices;

namespace MemoryTriggers.Delivery.Sampling;

/// <summary>
/// How long the successes of an operation took: a histogram over microseconds with four buckets for each power of two, so that a
/// quantile is at most 19 % too large. Old counts fade: at 10,000 all are halved. Used by one thread at a time.
/// </summary>
internal sealed class DurationHistory
{
    public const int Size = Buckets * sizeof(int);
    private const int Buckets = 4 * 40;
    private const int Most = 10_000;
    private readonly int[] _counts = new int[Buckets];

    public DurationHistory()
    {
    }

    /// <param name="saved">What <see cref="ToBytes"/> gave; anything of another size is an empty history.</param>
    public DurationHistory(ReadOnlySpan<byte> saved)
    {
        if (saved.Length != Size) return;
        MemoryMarshal.Cast<byte, int>(saved).CopyTo(_counts);
        // A damaged file must not make numbers that cannot be.
        for (var index = 0; index < Buckets; index++) _counts[index] = Math.Clamp(_counts[index], 0, Most);
        Total = _counts.Sum();
    }

    /// <summary>How many are counted.</summary>
    public int Total { get; private set; }

    public void Add(TimeSpan duration)
    {
        _counts[Bucket(duration)]++;
        if (++Total < Most) return;
        for (var index = 0; index < Buckets; index++) _counts[index] /= 2;
        Total = _counts.Sum();
    }

    /// <summary>A duration that so large a share of the counted ones does not exceed; zero when there is none.</summary>
    /// <param name="share">0 to 1.</param>
    public TimeSpan Quantile(double share)
    {
        var left = (long)Math.Ceiling(Total * share);
        for (var index = 0; index < Buckets && Total > 0; index++)
        {
            left -= _counts[index];
            if (left <= 0) return UpperBound(index);
        }

        return TimeSpan.Zero;
    }

    public byte[] ToBytes() => MemoryMarshal.AsBytes<int>(_counts).ToArray();

    private static int Bucket(TimeSpan duration)
    {
        var microseconds = (ulong)Math.Max(duration.Ticks / TimeSpan.TicksPerMicrosecond, 1);
        var power = BitOperations.Log2(microseconds);
        var quarter = power < 2 ? 0 : (int)(microseconds >> (power - 2)) & 3;
        return Math.Min(4 * power + quarter, Buckets - 1);
    }

    private static TimeSpan UpperBound(int bucket)
    {
        var (power, quarter) = (bucket / 4, bucket % 4);
        return power < 2
            ? TimeSpan.FromMicroseconds(1L << (power + 1))
            : TimeSpan.FromMicroseconds((5L + quarter) << (power - 2));
    }
}
