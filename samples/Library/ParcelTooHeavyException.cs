namespace Parcels;

/// <summary>No carrier takes it.</summary>
public sealed class ParcelTooHeavyException(Parcel parcel)
    : Exception($"parcel {parcel.Number} weighs {parcel.Kilograms} kg, and nobody takes more than {Dispatch.MaxKilograms}")
{
    public Parcel Parcel { get; } = parcel;
}
