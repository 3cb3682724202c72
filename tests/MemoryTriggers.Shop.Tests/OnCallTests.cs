using System.Globalization;
using MemoryTriggers.Shop.Tests.Questions;
using MemoryTriggers.Shop.Tests.Running;

namespace MemoryTriggers.Shop.Tests;

/// <summary>Whether the memories of a day answer the questions of the person on call.</summary>
public sealed class OnCallTests(ShopDay day, ITestOutputHelper output)
{
    /// <summary>The target is 18.</summary>
    private const int FewestAnswers = 18;

    private const int HitsRead = 3;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Search_QuestionsOfThePersonOnCall_AreAnsweredInTheFirstThreeHits()
    {
        var answered = 0;
        foreach (var question in OnCallQuestions.All)
        {
            var hits = await day.Memory.Recall.SearchAsync(question.Text, new() { Limit = 10 }, Token);
            var place = hits.Index().FirstOrDefault(hit => question.IsRight(hit.Item.Entry), (-1, null!)).Index + 1;
            if (place is > 0 and <= HitsRead) answered++;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(place == 0 ? "-" : place),3}  {question.Text}"));
            if (place is > 0 and <= HitsRead) continue;
            output.WriteLine($"       right: {question.Answer}");
            foreach (var hit in hits.Take(HitsRead)) output.WriteLine($"       {hit.Entry.Content}");
        }

        Assert.Equal(20, OnCallQuestions.All.Count);
        Assert.True(answered >= FewestAnswers, $"{answered} of {OnCallQuestions.All.Count} questions are answered");
    }
}
