using System.Diagnostics.CodeAnalysis;

namespace System.Diagnostics;

/// <summary>The name of a frame's method, as far as it is kept.</summary>
internal sealed class DiagnosticMethodInfo
{
    private DiagnosticMethodInfo(string name) => Name = name;

    public string Name { get; }

    [UnconditionalSuppressMessage(
        "Trimming", "IL2026", Justification = "Two frames of one method are compared; one that was trimmed away has no name twice.")]
    public static DiagnosticMethodInfo? Create(StackFrame frame) =>
        frame.GetMethod() is { } method ? new DiagnosticMethodInfo(method.Name) : null;
}
