using System.Collections;

namespace MemoryTriggers.Secrets;

/// <summary>
/// Takes secrets out of what tools print: those of any text, and the values of the variables of the environment whose names are those of
/// secrets. Thread-safe.
/// </summary>
internal sealed class ToolText
{
    private const int ShortestValue = 6;
    private readonly string[] _values;

    /// <param name="values">Texts that are secrets wherever they appear.</param>
    public ToolText(IEnumerable<string> values) =>
        _values = [.. values.Where(static value => value.Length >= ShortestValue).Distinct()
            .OrderByDescending(static value => value.Length)];

    public static ToolText OfEnvironment() => new(Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .Where(static variable => SecretNames.Contains((string)variable.Key)).Select(static variable => variable.Value as string ?? ""));

    public string Mask(string text)
    {
        foreach (var value in _values) text = text.Replace(value, SecretText.Mark, StringComparison.OrdinalIgnoreCase);
        return SecretText.Usual.Mask(text);
    }
}
