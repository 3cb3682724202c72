using System.Text.Json.Nodes;
using MemoryTriggers.TestKit.Mem0.Interface;

namespace MemoryTriggers.Runtime.Tests.Backends.Mem0;

public sealed class JsonSchemaCheckTests
{
    [Theory]
    [InlineData("""{"type":"string"}""", "\"a\"", "1")]
    [InlineData("""{"type":"integer","minimum":1,"maximum":3}""", "3", "4")]
    [InlineData("""{"type":"integer","minimum":1,"maximum":3}""", "1", "0")]
    [InlineData("""{"type":"integer"}""", "2.0", "2.5")]
    [InlineData("""{"type":"number"}""", "2.5", "\"2.5\"")]
    [InlineData("""{"type":"boolean"}""", "false", "null")]
    [InlineData("""{"type":"string","nullable":true}""", "null", "0")]
    [InlineData("""{"type":"string","minLength":1}""", "\"a\"", "\"\"")]
    [InlineData("""{"type":"string","enum":["a","b"]}""", "\"b\"", "\"c\"")]
    [InlineData("""{"type":"string","format":"uuid"}""", "\"0197b63d-0000-7000-8000-000000000001\"", "\"0197b63d\"")]
    [InlineData("""{"type":"string","format":"date"}""", "\"2026-11-21\"", "\"21.11.2026\"")]
    [InlineData("""{"type":"string","format":"date-time"}""", "\"2026-11-21T05:40:00Z\"", "\"2026-11-21\"")]
    [InlineData("""{"type":"string","format":"uri"}""", "\"https://a/b\"", "\"/b\"")]
    [InlineData("""{"type":"string","format":"email"}""", "\"a@example.com\"", "\"a\"")]
    [InlineData("""{"type":"array","items":{"type":"string"}}""", """["a","b"]""", """["a",1]""")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]}""", """{"a":"x"}""", "{}")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string"}}}""", "{}", """{"b":"x"}""")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":{"type":"integer"}}""", """{"a":"x","b":1}""", """{"a":"x","b":"1"}""")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":true}""", """{"b":"x"}""", "[]")]
    [InlineData("""{"type":"object"}""", """{"b":"x"}""", "\"b\"")]
    [InlineData("""{"oneOf":[{"type":"integer"},{"type":"string"}]}""", "\"a\"", "true")]
    public void Problems_OfAKeyword_AreFound(string schema, string fits, string doesNot)
    {
        var parsed = JsonNode.Parse(schema)!.AsObject();

        Assert.Empty(JsonSchemaCheck.Problems(parsed, JsonNode.Parse(fits)));
        Assert.NotEmpty(JsonSchemaCheck.Problems(parsed, JsonNode.Parse(doesNot)));
    }

    [Fact]
    public void Problems_DeepInside_SayWhere()
    {
        var schema = JsonNode.Parse("""{"type":"object","properties":{"results":{"type":"array","items":{"type":"object","properties":{"id":{"type":"string"}}}}}}""")!.AsObject();

        var problems = JsonSchemaCheck.Problems(schema, JsonNode.Parse("""{"results":[{"id":"a"},{"id":1}]}"""));

        Assert.Equal(["$.results[1].id is no string"], problems);
    }

    [Fact]
    public void Problems_KeywordThatIsNotKnown_AreNotPassedOver() =>
        Assert.Throws<NotSupportedException>(() => JsonSchemaCheck.Problems(new JsonObject { ["pattern"] = "^a$" }, "a").ToList());
}
