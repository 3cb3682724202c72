using MemoryTriggers.Ranking;

namespace MemoryTriggers.Runtime.Tests.Recall;

public sealed class QuestionTests
{
    [Theory]
    [InlineData("What did Anna's brother say?", "anna,brother,sai")]
    [InlineData("Why didn't it work, and who's to blame?", "work,blame")]
    [InlineData("why can't we push", "can t,push")]
    [InlineData("the push/pull of ISS-0124", "push,pull,iss 0124")]
    [InlineData("what were you", "what,were,you")]
    [InlineData("???", "")]
    public void Read_Question_HasItsTellingWords(string text, string terms)
    {
        var read = Question.Read(text).Where(term => !term.IsGuess);

        Assert.Equal(terms, string.Join(',', read.Select(term => term.Display)));
    }

    [Fact]
    public void Read_Quotation_WeighsMoreThanItsWords()
    {
        var terms = Question.Read("who said \"to be or not\" and when");

        Assert.Equal("to be or not", terms[0].Display);
        Assert.True(terms[0].Weight > terms.Skip(1).Sum(term => term.Weight));
        Assert.Contains(terms, term => term.Display == "not");
    }

    [Theory]
    [InlineData("\"push")]
    [InlineData("\"\" push")]
    [InlineData("\"push\"")]
    [InlineData("pu\"sh")]
    public void Read_MarkWithoutQuotation_MeansNothing(string text) => Assert.All(Question.Read(text), term => Assert.Single(term.Words));

    [Theory]
    [InlineData("where did she go", "go", "went,gone")]
    [InlineData("what was bought", "bought", "buy")]
    [InlineData("the children", "children", "child")]
    [InlineData("getUserById", "getuserbyid", "get user by id")]
    [InlineData("user_id", "user id", "userid")]
    public void Read_WordWithOtherForms_HasThem(string text, string term, string variants)
    {
        var read = Question.Read(text).First(read => read.Display == term);

        Assert.Equal(variants, string.Join(',', read.Variants.Select(variant => string.Join(' ', variant.Words))));
    }

    [Fact]
    public void Read_Synonyms_AreGuessesThatCountLess()
    {
        var guess = Question.Read("what failed").First(term => term.Display == "error");

        Assert.True(guess.IsGuess);
        Assert.True(guess.Weight < 1);
        Assert.DoesNotContain(Question.Read("what failed", synonyms: false), term => term.Display == "error");
    }

    [Fact]
    public void Read_NeighbouringWords_MayBeWrittenAsOne() =>
        Assert.Contains(Question.Read("the time zone"), term => term is { IsGuess: true, Display: "timezon" });

    [Fact]
    public void Read_VeryManyWords_KeepsTheFirst()
    {
        var terms = Question.Read(string.Join(' ', Enumerable.Range(0, 1_000).Select(i => $"word{i}")));

        Assert.Equal(Question.MaxTerms, terms.Count(term => !term.IsGuess));
        Assert.True(terms.Count <= 2 * Question.MaxTerms);
    }
}
