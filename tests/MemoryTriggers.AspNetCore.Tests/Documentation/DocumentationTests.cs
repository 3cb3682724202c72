using MemoryTriggers.TestKit;

namespace MemoryTriggers.AspNetCore.Tests.Documentation;

public sealed class DocumentationTests
{
    [Fact]
    public async Task Examples_OfTheDocument_AreThoseThatCompile()
    {
        var document = await ReadAsync("docs", "aspnetcore.md");
        var compiled = await ReadAsync("tests", "MemoryTriggers.AspNetCore.Tests", "Documentation", "DocumentedSite.cs");

        var examples = document.Split("```csharp\n").Skip(1).Select(static rest => rest[..rest.IndexOf("```", StringComparison.Ordinal)]).ToList();

        Assert.Equal(2, examples.Count);
        Assert.All(examples, example => Assert.Contains(Indent(example), compiled, StringComparison.Ordinal));
    }

    private static string Indent(string example) =>
        string.Concat(example.TrimEnd('\n').Split('\n').Select(static line => line.Length > 0 ? $"        {line}\n" : "\n"));

    private static async Task<string> ReadAsync(params string[] path) =>
        (await File.ReadAllTextAsync(Path.Combine([RepositoryRoot.Path, .. path]), TestContext.Current.CancellationToken)).ReplaceLineEndings("\n");
}
