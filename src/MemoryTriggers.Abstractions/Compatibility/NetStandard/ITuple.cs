namespace System.Runtime.CompilerServices;

/// <summary>Implemented by no type of this framework: a tuple is captured by its fields there.</summary>
internal interface ITuple
{
    int Length { get; }

    object? this[int index] { get; }
}
