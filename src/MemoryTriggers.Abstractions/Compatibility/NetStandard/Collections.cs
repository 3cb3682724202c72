using System.Runtime.CompilerServices;

namespace System.Collections.Generic;

/// <summary>Members of later frameworks that keep and find values.</summary>
internal static class Collections
{
    extension(Enum)
    {
        public static T[] GetValues<T>()
            where T : struct, Enum => (T[])Enum.GetValues(typeof(T));
    }

    public static TValue? GetValueOrDefault<TKey, TValue>(this Dictionary<TKey, TValue> values, TKey key)
        where TKey : notnull => values.TryGetValue(key, out var value) ? value : default;

    public static bool TryAdd<TKey, TValue>(this ConditionalWeakTable<TKey, TValue> table, TKey key, TValue value)
        where TKey : class
        where TValue : class
    {
        lock (table)
        {
            if (table.TryGetValue(key, out _)) return false;
            table.Add(key, value);
            return true;
        }
    }

    public static void AddOrUpdate<TKey, TValue>(this ConditionalWeakTable<TKey, TValue> table, TKey key, TValue value)
        where TKey : class
        where TValue : class
    {
        lock (table)
        {
            table.Remove(key);
            table.Add(key, value);
        }
    }
}
