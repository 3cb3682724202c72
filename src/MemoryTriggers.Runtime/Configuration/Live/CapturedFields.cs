using System.Collections.Concurrent;
using System.Globalization;
using MemoryTriggers.Policies;

namespace MemoryTriggers.Configuration;

/// <summary>The fields of one memory, by the names that policies use. Of one thread, until it looks at the next memory.</summary>
internal sealed class CapturedFields
{
    private static readonly ConcurrentDictionary<string, FieldPath> Paths = new(StringComparer.Ordinal);

    [ThreadStatic]
    private static CapturedFields? _fields;

    private readonly EvaluationContext _context = new(PolicySet.Empty.Compiled);

    private CapturedFields()
    {
    }

    public static CapturedFields Of(MemoryEntry entry)
    {
        var fields = _fields ??= new CapturedFields();
        fields._context.Start(entry, [], TimeProvider.System);
        return fields;
    }

    public bool Has(string name)
    {
        Read(name, out var value);
        return value.Kind != FieldKind.Missing;
    }

    public double? Number(string name)
    {
        Read(name, out var value);
        return value.Kind switch
        {
            FieldKind.Number => value.Number,
            FieldKind.Text when double.TryParse(_context.TextOf(value), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) =>
                number,
            _ => null,
        };
    }

    private void Read(string name, out FieldValue value)
    {
        value = default;
        Paths.GetOrAdd(name, static name => new FieldPath(name)).Read(_context, ref value);
    }
}
