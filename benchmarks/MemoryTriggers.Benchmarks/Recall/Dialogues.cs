using System.Globalization;

namespace MemoryTriggers.Benchmarks.Recall;

/// <summary>Conversations of two over months, each turn a memory, with questions whose answers are known: <c>Dialogues.txt</c>.</summary>
internal sealed class Dialogues
{
    private const char LastForTuning = 'd';
    private readonly List<(string Text, IReadOnlySet<Guid> Answers)> _tuning = [];
    private readonly List<(string Text, IReadOnlySet<Guid> Answers)> _heldOut = [];
    private readonly List<MemoryEntry> _entries = [];
    private DateTimeOffset _time;

    private Dialogues()
    {
    }

    public IReadOnlyList<MemoryEntry> Entries => _entries;

    /// <summary>The questions that the ranking was tuned with.</summary>
    public IReadOnlyList<(string Text, IReadOnlySet<Guid> Answers)> Tuning => _tuning;

    /// <summary>The questions that only measure.</summary>
    public IReadOnlyList<(string Text, IReadOnlySet<Guid> Answers)> HeldOut => _heldOut;

    public static Dialogues Load()
    {
        var dialogues = new Dialogues();
        using var stream = typeof(Dialogues).Assembly.GetManifestResourceStream("Dialogues.txt")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith("? ", StringComparison.Ordinal)) dialogues.AddQuestion(line[2..]);
            else if (line.StartsWith("@ ", StringComparison.Ordinal)) dialogues._time = DateTimeOffset.ParseExact(line[4..], "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
            else if (!line.StartsWith('#')) dialogues.AddEntry(line);
        }

        return dialogues;
    }

    private void AddEntry(string line)
    {
        var name = line[..line.IndexOf(' ')];
        _time = _time.AddMinutes(1);
        _entries.Add(new MemoryEntry
        {
            Id = Id(name), Key = $"dialogue.{name}", Content = string.Create(CultureInfo.InvariantCulture, $"[{_time:d MMMM yyyy}] {line[(name.Length + 1)..]}"), Project = "dialogues",
            Category = MemoryCategories.Project, CreatedAt = _time, UpdatedAt = _time,
        });
    }

    private void AddQuestion(string line)
    {
        var parts = line.Split(" => ");
        var questions = parts[1][0] <= LastForTuning ? _tuning : _heldOut;
        questions.Add((parts[0], parts[1].Split(' ').Select(Id).ToHashSet()));
    }

    private static Guid Id(string name) => new(int.Parse(name.AsSpan(1), CultureInfo.InvariantCulture), (short)name[0], 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 0);
}
