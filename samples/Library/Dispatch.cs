using MemoryTriggers;

namespace Parcels;

/// <summary>
/// Sends parcels. The triggers in here cost next to nothing until a program that uses this library starts the runtime; then
/// everything below becomes a memory of that program.
/// </summary>
public sealed class Dispatch
{
    public const double MaxKilograms = 30;

    /// <summary>Sends a parcel.</summary>
    /// <returns>The text of its label.</returns>
    /// <exception cref="ParcelTooHeavyException">It weighs more than <see cref="MaxKilograms"/>.</exception>
    [WorkflowMemoryTrigger(WorkflowType = "dispatch", CaptureArguments = true)]
    public string Send(Parcel parcel)
    {
        ArgumentNullException.ThrowIfNull(parcel);
        if (parcel.Kilograms > MaxKilograms) throw new ParcelTooHeavyException(parcel);
        return $"{Carrier(parcel.Country)}-{parcel.Country}-{parcel.Number:D4}";
    }

    /// <summary>Sends what is too heavy as two parcels.</summary>
    /// <returns>The texts of both labels.</returns>
    [ErrorMemoryTrigger(nameof(ParcelTooHeavyException), Content = "Sent a parcel that was too heavy as two: {result}")]
    public string Split(ParcelTooHeavyException refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        var half = refusal.Parcel with { Kilograms = refusal.Parcel.Kilograms / 2 };

        // What runs inside the scope has it as its parent, and its tags are found again.
        using var scope = TriggerScope.Workflow("split parcel", workflowType: "dispatch").AddMetadata("number", half.Number).AddTags("split");
        var labels = $"{Send(half)} and {Send(half with { Number = half.Number + 1_000 })}";
        scope.SetResult(labels);
        return labels;
    }

    [DecisionMemoryTrigger("carrier", CaptureArguments = true)]
    private static string Carrier(string country) => country is "DE" or "AT" or "CH" ? "NEAR" : "FAR";
}
