using MemoryTriggers.Postgres.Connections;

namespace MemoryTriggers.Tests.Backends;

public sealed class PostgresTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a\0b", "a\u001a0b")]
    [InlineData("\u001a", "\u001a\u001a")]
    [InlineData("👍", "👍")]
    public void Write_Text_IsWhatTheServerTakes(string text, string written) => Assert.Equal(written, PostgresText.Write(text));

    // Not as data of a theory: attributes are kept as UTF-8, which has no place for them.
    [Fact]
    public void Write_HalfOfASurrogatePair_IsEscaped()
    {
        Assert.Equal("\u001ad83d!", PostgresText.Write("\ud83d!"));
        Assert.Equal("\u001adc4d\u001ad83d", PostgresText.Write("\udc4d\ud83d"));
    }

    [Fact]
    public void Read_AnyText_IsWhatWasWritten()
    {
        const string alphabet = "a0d8\0\u001a\ud83d\udc4dé";
        var random = new Random(20261121);
        var seen = new Dictionary<string, string>();

        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => alphabet[random.Next(alphabet.Length)]));
            var written = PostgresText.Write(text);

            Assert.Equal(text, PostgresText.Read(written));
            Assert.DoesNotContain('\0', written);
            Assert.True(seen.TryAdd(written, text) || seen[written] == text);
        }
    }

    [Theory]
    [InlineData("\u001a")]
    [InlineData("end\u001a")]
    [InlineData("\u001ad8")]
    [InlineData("\u001adxyz")]
    public void Read_WhatNobodyWroteSo_DoesNotFail(string text) => Assert.NotEmpty(PostgresText.Read(text));
}
