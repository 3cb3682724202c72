using System.Globalization;

namespace MemoryTriggers.Benchmarks.Recall;

/// <summary>Conversations between people, in ordinary language, with questions whose answers are known: <c>Conversations.txt</c>.</summary>
internal sealed class Conversations
{
    private readonly List<(string Text, IReadOnlySet<Guid> Answers)> _questions = [];
    private readonly List<MemoryEntry> _entries = [];

    private Conversations()
    {
    }

    public IReadOnlyList<MemoryEntry> Entries => _entries;

    public IReadOnlyList<(string Text, IReadOnlySet<Guid> Answers)> Questions => _questions;

    public static Conversations Load()
    {
        var conversations = new Conversations();
        using var stream = typeof(Conversations).Assembly.GetManifestResourceStream("Conversations.txt")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith("? ", StringComparison.Ordinal)) conversations.AddQuestion(line[2..]);
            else if (!line.StartsWith('#')) conversations.AddEntry(line);
        }

        return conversations;
    }

    private void AddEntry(string line)
    {
        var number = int.Parse(line.AsSpan(0, line.IndexOf(' ')), CultureInfo.InvariantCulture);
        var time = new DateTimeOffset(2025, 3, 1, 9, 0, 0, TimeSpan.Zero).AddMinutes(number);
        _entries.Add(new MemoryEntry
        {
            Id = Id(number), Key = $"conversation.{number}", Content = line[(line.IndexOf(' ') + 1)..], Project = "conversations",
            Category = MemoryCategories.Project,
            CreatedAt = time, UpdatedAt = time,
        });
    }

    private void AddQuestion(string line)
    {
        var parts = line.Split(" => ");
        _questions.Add((parts[0], parts[1].Split(' ').Select(number => Id(int.Parse(number, CultureInfo.InvariantCulture))).ToHashSet()));
    }

    private static Guid Id(int number) => new(number, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 0);
}
