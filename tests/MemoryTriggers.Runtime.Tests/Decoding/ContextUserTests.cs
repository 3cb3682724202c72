using System.Text.Json;
using MemoryTriggers.Decoding;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Runtime.Tests.Decoding;

public sealed class ContextUserTests
{
    [Theory]
    [InlineData("""{"context":{"user_id":"ann"}}""", "ann")]
    [InlineData("""{"context":{"user_id":""}}""", null)]
    [InlineData("""{"context":{"user_id":7}}""", null)]
    [InlineData("""{"context":["user_id"]}""", null)]
    [InlineData("""{"arguments":{"user_id":"eve"}}""", null)]
    [InlineData("[]", null)]
    public void Fill_CapturedWithoutUser_TakesItFromTheContext(string value, string? expected)
    {
        var entry = Any.Entry() with { TriggerType = TriggerType.ErrorResolution, Value = JsonElement.Parse(value) };

        Assert.Equal(expected, ContextUser.Fill(entry).Provenance.UserId);
    }

    [Fact]
    public void Fill_OfAProgramOrWithUser_StaysAsItIs()
    {
        var drafted = Any.Entry() with { Value = JsonElement.Parse("""{"context":{"user_id":"ann"}}""") };
        var known = drafted with { TriggerType = TriggerType.ErrorResolution, Provenance = new() { UserId = "bob" } };

        Assert.Same(drafted, ContextUser.Fill(drafted));
        Assert.Same(known, ContextUser.Fill(known));
    }
}
