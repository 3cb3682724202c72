using System.Text.RegularExpressions;

namespace MemoryTriggers.Errors;

/// <content>The expressions, where no generator writes them.</content>
internal static partial class ErrorMessage
{
    private static readonly Regex ChangingParts = new(ChangingPattern, Options | RegexOptions.Compiled);
    private static readonly Regex SomeSpaces = new(SpacesPattern, RegexOptions.Compiled);

    private static partial Regex Changing() => ChangingParts;

    private static partial Regex Spaces() => SomeSpaces;
}
