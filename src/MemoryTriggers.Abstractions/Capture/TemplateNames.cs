namespace MemoryTriggers.Capture;

/// <summary>What a content template asks for. Compiled into the generator as well.</summary>
internal static class TemplateNames
{
    /// <summary>Whether the template names the parameter, or a member of it.</summary>
    public static bool Contains(string template, string parameter) =>
        template.Contains($"{{{parameter}}}") || template.Contains($"{{{parameter}.");
}
