using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Policies;

public sealed class KeyDigestTests
{
    [Theory]
    [InlineData("")]
    [InlineData("ada@example.com")]
    [InlineData("žluťoučký kůň 推送失败 👍🏽")]
    public void TextAndId_OfAKey_AreOfTheSameDigest(string key)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(key));

        Assert.Equal(new Guid(hash.AsSpan(0, 16)), KeyDigest.IdOf(key));
        Assert.Equal(Convert.ToBase64String(hash, 0, 12), KeyDigest.TextOf(key));
        Assert.StartsWith(KeyDigest.TextOf(key), Convert.ToBase64String(KeyDigest.IdOf(key).ToByteArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void TextOf_ALongKey_IsTheSameEachTime()
    {
        var key = new string('k', 100_000);

        Assert.Equal(Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(key)), 0, 12), KeyDigest.TextOf(key));
    }

    // As version 1 of the file has it: what an earlier version has counted still counts.
    [Fact]
    public void Restore_OfAFileOfAnEarlierVersion_StillKnowsTheKey()
    {
        var time = new ManualTimeProvider();
        var engine = new PolicyEngine(
            PolicyYaml.Parse(
                """
                rules:
                  limited:
                    conditions: [{type: rate_limit, field: metadata.user_id, rate_limit: 1, time_window: 60}]
                    actions: [{type: add_tag, parameters: {tag: hit}}]
                """).Compile(),
            time: time);
        var digest = Convert.ToBase64String(SHA256.HashData("ada@example.com"u8), 0, 12);
        var limit = $$$"""{"window":{{{TimeSpan.TicksPerMinute}}},"keys":{"{{{digest}}}":[{{{time.GetUtcNow().UtcTicks}}}]}}""";

        new EngineMemory(engine, time).Restore(JsonElement.Parse($$"""[{"kind":"rules","name":"limited","executions":1,"limits":[{{limit}}]}]"""));

        Assert.DoesNotContain("hit", engine.Evaluate(PolicyHarness.Entry("""{"metadata":{"user_id":"ada@example.com"}}""")).Entry.Tags);
        Assert.Contains("hit", engine.Evaluate(PolicyHarness.Entry("""{"metadata":{"user_id":"bob@example.com"}}""")).Entry.Tags);
    }
}
