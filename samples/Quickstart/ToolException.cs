namespace Quickstart;

/// <summary>A program could not do what it was asked.</summary>
internal sealed class ToolException(string message, Exception? inner = null) : Exception(message, inner);
