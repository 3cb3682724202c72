using MemoryTriggers.Ranking.Conversations;

namespace MemoryTriggers.Ranking;

/// <summary>How to rank: settings that no longer change, and the clock that tells what is recent.</summary>
internal sealed class MemoryRanking
{
    private readonly RecallOptions _options;
    private readonly TimeProvider _time;
    private readonly double[] _fields;
    private readonly Lazy<EverydayWords> _everydayWords;

    public MemoryRanking(RecallOptions options, TimeProvider time) : this(options, time, EverydayWords.Load)
    {
    }

    /// <param name="options">The settings.</param>
    /// <param name="time">The clock.</param>
    /// <param name="load">Loads the words of everyday English. Called at the first use, and only when the settings ask for them.</param>
    public MemoryRanking(RecallOptions options, TimeProvider time, Func<EverydayWords> load)
    {
        (_options, _time, _everydayWords) = (options.Snapshot(), time, new Lazy<EverydayWords>(load));
        _fields = [_options.ContentWeight, _options.KeyWeight, _options.TagsWeight];
    }

    /// <summary>For a store that is used without a runtime: the default settings, and the clock of the store.</summary>
    public static MemoryRanking By(TimeProvider time) => new(new RecallOptions(), time);

    public bool Synonyms => _options.Synonyms;

    public bool Typos => _options.Typos;

    public ConversationOptions Conversations => _options.Conversations;

    /// <summary><see langword="null"/> when the settings do not ask for them.</summary>
    public EverydayWords? EverydayWords => Conversations.EverydayWords ? _everydayWords.Value : null;

    public long Now => _time.GetUtcNow().UtcTicks;

    public double Weight(int field) => _fields[field];

    /// <summary>Halves with each half-life, as what people remember does; a memory from the future is of now.</summary>
    public double Recency(long createdAt, long now) =>
        _options.RecencyBoost * Math.Pow(2, -(double)Math.Max(0, now - createdAt) / _options.RecencyHalfLife.Ticks);

    public double Quality(double? score) => score is { } judged ? _options.QualityBoost * (2 * Math.Clamp(judged, 0, 1) - 1) : 0;

    public double Outcome(TriggerOutcome? asked, TriggerOutcome actual) => asked == actual ? _options.OutcomeBoost : 0;
}
