using System.Diagnostics.CodeAnalysis;

namespace MemoryTriggers;

/// <summary>Remembers each execution of the method as the handling of an error. Priority: critical unless set.</summary>
public sealed class ErrorMemoryTriggerAttribute : MemoryTriggerAttribute
{
    /// <summary>By name: <c>[ErrorMemoryTrigger(ErrorType = ...)]</c>.</summary>
    public ErrorMemoryTriggerAttribute() : base(TriggerType.ErrorResolution)
    {
    }

    /// <summary>By position: <c>[ErrorMemoryTrigger(...)]</c>.</summary>
    /// <param name="errorType">The type of error, such as <c>database_error</c>.</param>
    [SetsRequiredMembers]
    public ErrorMemoryTriggerAttribute(string errorType) : this() => ErrorType = errorType;

    /// <summary>The type of error, such as <c>database_error</c>.</summary>
    public required string ErrorType
    {
        get => Subject ?? "";
        set => Subject = value;
    }
}
