using MemoryTriggers.Delivery.DeadLetters;

namespace MemoryTriggers.Delivery;

/// <summary>
/// Tries dead letters again. A letter goes when its memory is stored, and not before: an end between the two leaves the letter, and the
/// next replay stores the same memory under the same id.
/// </summary>
internal sealed class DeadLetterReplayer(DeadLetterStore letters, RecordDelivery delivery)
{
    public async Task<DeadLetterReplay> ReplayAsync(Func<DeadLetter, bool> isMeant, IProgress<int>? progress,
        CancellationToken cancellationToken)
    {
        using var quiet = TriggerHub.SuppressCapture();
        var result = new DeadLetterReplay();
        foreach (var letter in letters.List().Where(isMeant))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (await ReplayAsync(letter, cancellationToken).ConfigureAwait(false) is { } reason)
            {
                letters.Replace(letter with { Reason = reason, Replays = letter.Replays + 1 });
                result = result with { Refused = result.Refused + 1 };
            }
            else if (letters.Remove(letter))
            {
                result = result with { Stored = result.Stored + 1 };
            }

            progress?.Report(result.Stored + result.Refused);
        }

        return result;
    }

    private async Task<string?> ReplayAsync(DeadLetter letter, CancellationToken cancellationToken) =>
        delivery.Compose(letter) is { } entry
            ? await delivery.TryStoreAsync(entry, cancellationToken).ConfigureAwait(false)
            : letter.Reason;
}
