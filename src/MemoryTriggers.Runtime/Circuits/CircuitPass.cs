namespace MemoryTriggers.Circuits;

/// <summary>A call that was let through.</summary>
/// <param name="Period">Counts the states of the circuit: a call that ends in another one than it began in has no say in it.</param>
/// <param name="Started">When it began, in ticks of the clock.</param>
internal readonly record struct CircuitPass(int Period, long Started);
