namespace System.Text.RegularExpressions;

/// <summary>Where no generator writes the expression, the other part of the method makes it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class GeneratedRegexAttribute(string pattern, RegexOptions options = RegexOptions.None) : Attribute
{
    public string Pattern { get; } = pattern;

    public RegexOptions Options { get; } = options;
}
