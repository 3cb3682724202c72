namespace MemoryTriggers.Policies;

/// <summary>A parameter that a type of action has.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it may be.</param>
/// <param name="IsRequired">Whether the action needs it.</param>
internal sealed record ActionParameter(string Name, ParameterKind Kind, bool IsRequired = false)
{
    /// <summary>The names, for <see cref="ParameterKind.Name"/>.</summary>
    public string[] Names { get; init; } = [];

    public double Least { get; init; }

    public double Greatest { get; init; } = double.PositiveInfinity;

    /// <summary>The parameters inside, for <see cref="ParameterKind.Members"/>.</summary>
    public ActionParameter[] Members { get; init; } = [];
}
