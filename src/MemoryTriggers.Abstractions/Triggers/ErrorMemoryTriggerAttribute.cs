namespace MemoryTriggers;

/// <summary>Remembers each execution of the method as the handling of an error. Priority: critical unless set.</summary>
/// <param name="errorType">The type of error, such as <c>database_error</c>.</param>
public sealed class ErrorMemoryTriggerAttribute(string errorType) : MemoryTriggerAttribute(TriggerType.ErrorResolution, errorType)
{
    /// <summary>The type of error, such as <c>database_error</c>.</summary>
    public string ErrorType { get; } = errorType;
}
