using System.Text.Json;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Configuration;

/// <summary>The documents that are made from the types say what the types say.</summary>
public sealed class DocumentTests
{
    private const string Begin = "<!-- keys: made from the types -->\n";
    private const string End = "<!-- end of keys -->\n";

    private static readonly string Docs = Path.Combine(RepositoryRoot.Path, "docs");

    [Fact]
    public void Schema_InDocs_IsThatOfTheTypes() =>
        AssertSame(Path.Combine(Docs, "memory-triggers.schema.json"), static _ => MemoryConfiguration.JsonSchema());

    [Fact]
    public void Page_InDocs_HasTheKeysOfTheTypes() => AssertSame(Path.Combine(Docs, "configuration.md"), static page =>
        page[..(page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length)] + ConfigurationPage.Write() + "\n" + page[page.IndexOf(End, StringComparison.Ordinal)..]);

    [Fact]
    public void Schema_HasTheBoundsAndKeysOfTheReference()
    {
        var schema = JsonElement.Parse(MemoryConfiguration.JsonSchema());

        var batch = schema.GetProperty("properties").GetProperty("performance").GetProperty("properties").GetProperty("batch_size");

        Assert.Equal((1, 1_000, 500), (batch.GetProperty("minimum").GetInt32(), batch.GetProperty("maximum").GetInt32(), batch.GetProperty("default").GetInt32()));
        Assert.Equal(["environment", "global_enabled"], schema.GetProperty("required").EnumerateArray().Select(static name => name.GetString()));
        Assert.False(schema.GetProperty("additionalProperties").GetBoolean());
    }

    // What is not the same is written beside it, for whoever changed the types on purpose.
    private static void AssertSame(string path, Func<string, string> make)
    {
        var found = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        var made = make(found);
        if (made != found) File.WriteAllText(path + ".received", made);

        Assert.True(made == found, $"{Path.GetFileName(path)} is not what the types say. If they are right, replace it by {Path.GetFileName(path)}.received.");
    }
}
