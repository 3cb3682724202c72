namespace Worker;

/// <summary>How many parcels to send; <see langword="null"/>: one a second until somebody stops it.</summary>
internal sealed record WorkerOptions(int? Parcels);
