using System.Globalization;
using System.Text.Json;

namespace MemoryTriggers.Policies;

/// <summary>
/// One memory while it is evaluated: each field is read at most once, each distinct condition is tested at most once. Used again for the
/// next memory by the same thread, so that an evaluation in which nothing matches allocates nothing. Not thread-safe.
/// </summary>
internal sealed class EvaluationContext
{
    private readonly FieldPath[] _paths;
    private readonly FieldValue[] _fields;
    private readonly int[] _fieldStamps;
    private readonly ConditionTest[] _tests;
    private readonly int[] _answers;
    private readonly JsonElement?[] _containers = new JsonElement?[2];
    private readonly int[] _containerStamps = new int[2];
    private int _stamp;
    private DateTimeOffset? _now;
    private TimeProvider? _time;

    public EvaluationContext(CompiledSet set)
    {
        Set = set;
        _paths = set.Fields;
        _fields = new FieldValue[_paths.Length];
        _fieldStamps = new int[_paths.Length];
        _tests = set.Tests;
        _answers = new int[_tests.Length];
        Candidates = new ulong[(set.Rules.Length + 63) / 64];
    }

    public CompiledSet Set { get; }

    public MemoryEntry Entry { get; private set; } = null!;

    /// <summary>The additional fields of a chained rule.</summary>
    public JsonElement? Overlay { get; set; }

    public TextBuffer Text { get; } = new();

    public RuleState[] States { get; private set; } = [];

    /// <summary>Room for the rules that may match.</summary>
    public ulong[] Candidates { get; }

    /// <summary>Answers as if every limit were exceeded; see <see cref="RuleMatch"/>.</summary>
    public bool AssumeExceeded { get; set; }

    /// <summary>The time for limits; read only when a rule has one.</summary>
    public DateTimeOffset Now => _now ??= _time!.GetUtcNow();

    public void Start(MemoryEntry entry, RuleState[] states, TimeProvider time, DateTimeOffset? now = null)
    {
        (Entry, States, _time, _now) = (entry, states, time, now);
        Text.Clear();
        // An answer is a stamp and one bit. When the stamps are used up, those of long ago must not look new.
        if (++_stamp < int.MaxValue / 2) return;
        Array.Clear(_fieldStamps);
        Array.Clear(_containerStamps);
        Array.Clear(_answers);
        _stamp = 1;
    }

    /// <summary>A context for the same memory that sees more: its answers are its own.</summary>
    public EvaluationContext With(JsonElement overlay)
    {
        var inner = new EvaluationContext(Set) { Overlay = overlay };
        inner.Start(Entry, States, _time!, _now);
        return inner;
    }

    public void End() => (Entry, States) = (null!, []);

    public ref readonly FieldValue Field(int slot)
    {
        if (_fieldStamps[slot] != _stamp)
        {
            _paths[slot].Read(this, ref _fields[slot]);
            _fieldStamps[slot] = _stamp;
        }

        return ref _fields[slot];
    }

    /// <summary>The captured metadata or arguments; most fields are in one of them.</summary>
    public ref readonly JsonElement? Container(CapturedContainer container)
    {
        var index = (int)container;
        if (_containerStamps[index] != _stamp)
        {
            var name = container == CapturedContainer.Metadata ? "metadata"u8 : "arguments"u8;
            _containers[index] = Entry.Value.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.Object ? found : null;
            _containerStamps[index] = _stamp;
        }

        return ref _containers[index];
    }

    public ReadOnlySpan<char> TextOf(scoped in FieldValue value) => value.Text is { } text ? text : Text.Slice(value.Start, value.Length);

    public bool TryNumber(int slot, out double number)
    {
        ref readonly var value = ref Field(slot);
        number = value.Number;
        return value.Kind == FieldKind.Number ||
            value.Kind == FieldKind.Text && double.TryParse(TextOf(value), NumberStyles.Float, CultureInfo.InvariantCulture, out number)
                && double.IsFinite(number);
    }

    /// <summary>The answer of a condition that depends on the memory alone; asked a second time, it is only looked up.</summary>
    public bool Holds(int condition)
    {
        ref var answer = ref _answers[condition];
        if (answer >> 1 != _stamp) answer = _stamp << 1 | (_tests[condition](this) ? 1 : 0);
        return (answer & 1) != 0;
    }
}
