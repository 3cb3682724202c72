namespace MemoryTriggers.Delivery;

/// <summary>
/// Whose turn it is. Critical goes first whenever it has anything; the others share by weight, so that none of them starves.
/// </summary>
internal sealed class LaneSchedule
{
    private static readonly int[] Weights = [0, 8, 4, 2];
    private readonly int[] _credits = [.. Weights];

    /// <summary>The lane to read next, or <see langword="null"/> when none has anything.</summary>
    public TriggerPriority? Next(Func<TriggerPriority, bool> hasPending)
    {
        if (hasPending(TriggerPriority.Critical)) return TriggerPriority.Critical;

        TriggerPriority? waiting = null;
        for (var lane = TriggerPriority.High; lane <= TriggerPriority.Low; lane++)
        {
            if (!hasPending(lane)) continue;
            waiting ??= lane;
            if (_credits[(int)lane] == 0) continue;
            _credits[(int)lane]--;
            return lane;
        }

        // All that wait have used up their share: a new round.
        Weights.CopyTo(_credits, 0);
        if (waiting is { } first) _credits[(int)first]--;
        return waiting;
    }
}
