using System.Globalization;
using MemoryTriggers.Postgres.Words;
using MemoryTriggers.Ranking;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Tests.Backends;

public sealed class SearchVectorTests
{
    [Theory]
    [InlineData("")]
    [InlineData("Deployments FAILED twice; deployments of ISS-0124 were retried")]
    [InlineData("...  leading, trailing and  double separators ...")]
    [InlineData("\0 \u001a ' \\ \" a'b")]
    [InlineData("naïve Café ΣΟΦΟΣ test 🚀 done")]
    public void Of_Text_IsItsTokensStemmedInOrder(string text) => Assert.Equal(Expected(text), SearchVector.Of(Only(text)));

    [Theory]
    [InlineData('A', 64)]
    [InlineData('A', 65)]
    [InlineData('z', 501)]
    [InlineData('é', 501)]
    public void Of_LongWord_IsFoundByItsBeginning(char letter, int length) =>
        Assert.Equal(Expected(new string(letter, length) + " end"), SearchVector.Of(Only(new string(letter, length) + " end")));

    [Fact]
    public void Of_RandomPlainText_BeginsWithWhatTheTokenizerSays()
    {
        var random = new Random(4711);
        for (var round = 0; round < 500; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(200)).Select(_ => (char)random.Next(1, 128)));

            // The parts of names such as paymentTimeout come after it.
            Assert.StartsWith(Expected(text), SearchVector.Of(Only(text)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Of_ScriptWithoutSpaces_HasItsPartsWithoutPositions() =>
        Assert.Equal("'a':1 '\u6f22\u5b57x':2 '~\u6f22\u5b57' '~\u5b57x' '~x' 'end':3 ", SearchVector.Of(Only("a \u6f22\u5b57x end")));

    [Fact]
    public void Of_KeyAndTags_StandApartFromTheText()
    {
        var entry = Any.Entry("the build") with { Key = "nightly", Tags = ["ci", "main"] };

        Assert.Equal("'the':1 'build':2 'nightli':11 'ci':20 'main':21 ", SearchVector.Of(entry));
    }

    [Fact]
    public void Of_MoreThanTheServerTakes_HasTheBeginning()
    {
        var literal = SearchVector.Of(Only(string.Concat(Enumerable.Repeat("words ", 200_000))));

        Assert.StartsWith("'word':1 'word':2 ", literal, StringComparison.Ordinal);
        Assert.Equal(700_000 / 8 + 1, literal.Count(static c => c == ' '));
        Assert.Equal("'the':1 ", SearchVector.Of(Only("the")));
    }

    private static MemoryEntry Only(string content) => Any.Entry(content) with { Key = "", Tags = [] };

    private static string Expected(string text) => string.Concat(TextTokenizer.Split(text).Select(static (token, i) =>
    {
        var stem = PorterStemmer.Stem(token);
        return string.Create(CultureInfo.InvariantCulture, $"'{(stem.Length > 500 ? stem[..500] : stem)}':{i + 1} ");
    }));
}
