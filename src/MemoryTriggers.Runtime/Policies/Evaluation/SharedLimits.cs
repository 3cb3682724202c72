using System.Globalization;
using MemoryTriggers.Circuits;

namespace MemoryTriggers.Policies;

/// <summary>The limits of all rules, for the exchange with other processes. Used by one loop, while others evaluate.</summary>
internal sealed class SharedLimits(Func<InstalledSet> installed, TimeProvider time)
{
    // A foreign row must not create a million counters.
    private const int MaxLimits = 1_000;

    /// <summary>The rules of a set count for others, too.</summary>
    public static void Share(InstalledSet set)
    {
        foreach (var state in set.States) state.Share();
    }

    /// <summary>The counts that other processes do not know.</summary>
    public IReadOnlyList<SharedCount> News()
    {
        var news = new List<SharedCount>();
        var now = time.GetUtcNow().UtcTicks;
        foreach (var (name, state) in installed().NamedStates) state.AddNews(name, now, news);
        return news;
    }

    /// <summary>The others know that now.</summary>
    public void Told(IReadOnlyList<SharedCount> news) => ForEach(news, static (state, index, count) => state.Told(index, count));

    /// <summary>The counts of other processes. Those without a rule here are skipped.</summary>
    public void Hear(IReadOnlyList<SharedCount> news) => ForEach(news, static (state, index, count) => state.Hear(index, count));

    private void ForEach(IReadOnlyList<SharedCount> news, Action<RuleState, int, SharedCount> take)
    {
        if (news.Count == 0) return;
        var states = new Dictionary<string, RuleState>(StringComparer.Ordinal);
        foreach (var (name, state) in installed().NamedStates) states.TryAdd(name, state);
        foreach (var count in news)
        {
            var end = count.Limit.LastIndexOf('/');
            if (end > 0 && int.TryParse(count.Limit.AsSpan(end + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                && index < MaxLimits &&
                states.TryGetValue(count.Limit[..end], out var state)) take(state, index, count);
        }
    }
}
