using System.Buffers.Binary;
using System.Globalization;

namespace MemoryTriggers.Postgres.Partitions;

/// <summary>
/// The memories of one month, by the time inside of their ids (UUID version 7: the first 48 bits are milliseconds). An id never changes, so
/// that a memory stays in its partition however often it is corrected, and the id alone is unique.
/// </summary>
internal readonly record struct MonthPartition(int Year, int Month)
{
    private const string Prefix = "memory_";
    private const int TimeVersion = 7;

    /// <summary>Nothing was remembered before.</summary>
    private const int FirstYear = 2020;

    private const int LastYear = 2199;

    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Year:0000}_{Month:00}");

    public DateTimeOffset Start => new(Year, Month, 1, 0, 0, 0, TimeSpan.Zero);

    public DateTimeOffset End => Start.AddMonths(1);

    /// <summary>The smallest id of the month.</summary>
    public Guid FirstId => Smallest(Start);

    /// <summary>The smallest id of the next month.</summary>
    public Guid EndId => Smallest(End);

    public MonthPartition Next => Of(End);

    public static MonthPartition Of(DateTimeOffset time)
    {
        var utc = time.UtcDateTime;
        return new MonthPartition(utc.Year, utc.Month);
    }

    /// <returns><see langword="null"/> for an id that is not in time order, or of an implausible time.</returns>
    public static MonthPartition? Of(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        if (bytes[6] >> 4 != TimeVersion) return null;

        var milliseconds = BinaryPrimitives.ReadInt64BigEndian(bytes) >>> 16;
        if (milliseconds > new DateTimeOffset(LastYear, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds()) return null;
        var month = Of(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
        return month.Year < FirstYear ? null : month;
    }

    public static MonthPartition? Parse(string table) =>
        table.StartsWith(Prefix, StringComparison.Ordinal)
        && DateTimeOffset.TryParseExact(
            table[Prefix.Length..], "yyyy_MM", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var start)
            ? Of(start)
            : null;

    private static Guid Smallest(DateTimeOffset time)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, time.ToUnixTimeMilliseconds() << 16);
        return new Guid(bytes, bigEndian: true);
    }
}
