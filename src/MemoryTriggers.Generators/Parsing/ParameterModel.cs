namespace MemoryTriggers.Generators.Parsing;

/// <summary>One parameter of a wrapper.</summary>
/// <param name="Declaration">As it is declared: <c>ref int @count</c>.</param>
/// <param name="Argument">As it is passed on: <c>ref @count</c>.</param>
/// <param name="Name">As it is read: <c>@count</c>.</param>
/// <param name="Index">Its position among the method's own parameters; -1 for the receiver.</param>
/// <param name="Capture">The captured part.</param>
/// <param name="TypeName">The type's short name, for the mark of one that cannot be captured.</param>
/// <param name="NamesProject">Whether its value files the memory under a project.</param>
internal sealed record ParameterModel(
    string Declaration, string Argument, string Name, int Index, ParameterCapture Capture, string TypeName, bool NamesProject);
