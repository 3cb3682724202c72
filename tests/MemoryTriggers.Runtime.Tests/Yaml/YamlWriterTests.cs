using System.Text.Json.Nodes;

namespace MemoryTriggers.Yaml;

/// <summary>What is written is what the document says, however it is read.</summary>
public sealed class YamlWriterTests
{
    [Fact]
    public void Write_OfADocument_QuotesOnlyWhatCouldBeTakenForSomethingElse()
    {
        var document = new JsonObject
        {
            ["name"] = "a b", ["version"] = "1.0", ["count"] = 2, ["none"] = null, ["empty"] = new JsonArray(), ["nothing"] = new JsonObject(),
            ["items"] = new JsonArray(new JsonObject { ["a"] = "x", ["b"] = true }, "no"), ["yes"] = JsonValue.Create(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero)),
        };

        Assert.Equal(
            "name: a b\nversion: \"1.0\"\ncount: 2\nnone: null\nempty: []\nnothing: {}\nitems:\n- a: x\n  b: true\n- \"no\"\n\"yes\": \"2026-01-02T03:04:05+00:00\"\n",
            YamlWriter.Write(document));
    }

    [Fact]
    public void Write_Strict_QuotesEachTextAndKeepsListsOnALine()
    {
        var document = new JsonObject { ["a"] = "x", ["list"] = new JsonArray("p", "q"), ["number"] = JsonNode.Parse("30.0") };

        Assert.Equal("a: \"x\"\nlist: [\"p\", \"q\"]\nnumber: 30.0\n", YamlWriter.Write(document, isStrict: true));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("Off")]
    [InlineData("1.0")]
    [InlineData("a: b")]
    [InlineData("- a")]
    [InlineData("a #b")]
    [InlineData(" a ")]
    [InlineData("a\nb\t\"\\")]
    [InlineData("\u0001\u0085\u2028\ufeffä€😀")]
    public void Write_OfAnyText_IsReadBackEqual(string text)
    {
        var yaml = YamlWriter.Write(new JsonObject { [text] = text, ["long"] = string.Concat(Enumerable.Repeat(text + " ", 100)) });

        var entries = Assert.IsType<YamlMapping>(YamlTree.Read(yaml, [])).Entries;
        Assert.Equal((text, text), (entries[0].Key.Text, Assert.IsType<YamlScalar>(entries[0].Value).Text));
        Assert.Equal(string.Concat(Enumerable.Repeat(text + " ", 100)), Assert.IsType<YamlScalar>(entries[1].Value).Text);
        Assert.False(Assert.IsType<YamlScalar>(entries[0].Value).IsNull);
    }
}
