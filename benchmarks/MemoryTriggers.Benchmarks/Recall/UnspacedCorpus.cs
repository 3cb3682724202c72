using System.Globalization;

namespace MemoryTriggers.Benchmarks.Recall;

/// <summary>Lines of a script without spaces, made from a seed: words of two characters in a row, and questions with two words of a line.</summary>
internal sealed class UnspacedCorpus
{
    private const int Words = 4_000;
    private const int WordsPerLine = 12;
    private const char FirstCharacter = '\u4e00';
    private readonly List<(string Text, IReadOnlySet<Guid> Answers)> _questions = [];

    public UnspacedCorpus(int seed, int size, int questions)
    {
        var random = new Random(seed);
        var words = Enumerable.Range(0, Words).Select(_ => $"{Character(random)}{Character(random)}").ToArray();
        for (var number = 0; number < size; number++)
        {
            var line = Enumerable.Range(0, WordsPerLine).Select(_ => words[random.Next(words.Length)]).ToArray();
            var time = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(number);
            var entry = new MemoryEntry
            {
                Id = new Guid(number, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 0), Key = number.ToString(CultureInfo.InvariantCulture), Content = string.Concat(line), Project = "shop",
                CreatedAt = time, UpdatedAt = time,
            };
            Entries.Add(entry);
            if (number % (size / questions) == 0) _questions.Add(($"{line[2]}{line[3]} {line[7]}", new HashSet<Guid> { entry.Id }));
        }
    }

    public List<MemoryEntry> Entries { get; } = [];

    public IReadOnlyList<(string Text, IReadOnlySet<Guid> Answers)> Questions => _questions;

    private static char Character(Random random) => (char)(FirstCharacter + random.Next(1_500));
}
