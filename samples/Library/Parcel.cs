namespace Parcels;

/// <summary>Something to send.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Country">Where it goes, as two letters.</param>
/// <param name="Kilograms">What it weighs.</param>
public sealed record Parcel(int Number, string Country, double Kilograms);
