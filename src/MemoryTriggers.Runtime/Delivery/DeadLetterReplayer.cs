using MemoryTriggers.Delivery.DeadLetters;

namespace MemoryTriggers.Delivery;

/// <summary>
/// Tries dead letters again. A letter goes when its memory is stored, and not before: an end between the two leaves the letter, and the
/// next replay stores the same memory under the same id.
/// </summary>
internal sealed class DeadLetterReplayer(DeadLetterStore letters, RecordDelivery delivery)
{
    public async Task<(int Stored, int Refused)> ReplayAsync(Func<DeadLetter, bool> isMeant, IProgress<int>? progress,
        CancellationToken cancellationToken)
    {
        using var quiet = TriggerHub.SuppressCapture();
        var (stored, refused) = (0, 0);
        foreach (var letter in letters.List().Where(isMeant))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (await ReplayAsync(letter, cancellationToken).ConfigureAwait(false) is { } reason)
            {
                letters.Replace(letter with { Reason = reason, Replays = letter.Replays + 1 });
                refused++;
            }
            else if (letters.Remove([letter]) > 0)
            {
                stored++;
            }

            progress?.Report(stored + refused);
        }

        return (stored, refused);
    }

    private async Task<string?> ReplayAsync(DeadLetter letter, CancellationToken cancellationToken) =>
        delivery.Compose(letter) is { } entry
            ? await delivery.TryStoreAsync(entry, cancellationToken).ConfigureAwait(false)
            : letter.Reason;
}
