using System.Text.RegularExpressions;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Architecture.Documents;

/// <summary>The links between the files of the repository.</summary>
internal static partial class Links
{
    /// <summary>The links of a document that lead to no file, or to no heading of it.</summary>
    public static IEnumerable<string> FindBroken(Document document)
    {
        var folder = Path.GetDirectoryName(document.Path)!;
        foreach (Match link in Link().Matches(document.Prose))
        {
            var (target, heading) = (link.Groups["target"].Value, link.Groups["heading"].Value);
            if (target.Contains("://", StringComparison.Ordinal)) continue;
            var path = target.Length == 0 ? document.Path : Normalize(Path.Combine(folder, target));
            var full = Path.Combine(RepositoryRoot.Path, path);
            if (!File.Exists(full) && !Directory.Exists(full)) yield return $"{document.Path}: {target}";
            else if (heading.Length > 0 && !Headings(path).Contains(heading)) yield return $"{document.Path}: {target}#{heading}";
        }
    }

    private static string Normalize(string path) => Path.GetRelativePath(RepositoryRoot.Path, Path.GetFullPath(path, RepositoryRoot.Path)).Replace('\\', '/');

    // As GitHub names them: lower case, spaces as hyphens, no punctuation.
    private static IEnumerable<string> Headings(string path) =>
        Heading().Matches(Document.Read(path).Text)
            .Select(static heading => NotInName().Replace(heading.Groups[1].Value.ToLowerInvariant(), "").Replace(' ', '-'));

    [GeneratedRegex(@"\[[^\]]*\]\((?<target>[^)#\s]*)(#(?<heading>[^)\s]+))?\)")]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInName();
}
