namespace MemoryTriggers;

/// <summary>Remembers each call that this assembly makes to a method of another assembly as the handling of an error.</summary>
/// <param name="type">The type that declares the method.</param>
/// <param name="method">The method's name.</param>
/// <param name="errorType">The type of error, such as <c>database_error</c>.</param>
public sealed class ErrorMemoryTriggerOnAttribute(Type type, string method, string errorType)
    : MemoryTriggerOnAttribute(TriggerType.ErrorResolution, type, method, errorType)
{
    /// <summary>The type of error, such as <c>database_error</c>.</summary>
    public string ErrorType { get; } = errorType;
}
