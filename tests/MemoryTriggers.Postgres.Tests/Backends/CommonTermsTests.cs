using MemoryTriggers.Postgres.Reading;
using MemoryTriggers.Postgres.Words;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Backends.Postgres;

/// <summary>What is known to be frequent is not counted for each question.</summary>
public sealed class CommonTermsTests
{
    private readonly ManualTimeProvider _time = new();

    public static TheoryData<MemoryQuery, string?> Questions => new()
    {
        { new() { Project = "shop" }, "shop" },
        { new() { Project = "shop", Limit = 3, Offset = 9, CurrentAt = DateTimeOffset.UnixEpoch, IncludePast = true }, "shop" },
        { new() { Project = "shop", AllProjects = true }, null },
        { new(), null },
        { new() { Project = "shop", Category = "error" }, null },
        { new() { Project = "shop", AnyTags = ["slow"] }, null },
        { new() { Project = "shop", Since = DateTimeOffset.UnixEpoch }, null },
    };

    [Fact]
    public void Project_NotedAsLarge_IsCountedAgainAfterTenMinutes()
    {
        var common = new CommonTerms(_time);
        common.NoteLarge("shop");

        _time.Advance(TimeSpan.FromMinutes(9));

        Assert.True(common.IsLarge("shop"));
        Assert.False(common.IsLarge("bank"));
        Assert.False(common.Contains("shop"));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.False(common.IsLarge("shop"));
    }

    [Fact]
    public void Forget_AfterManyHaveGone_KnowsNothing()
    {
        var common = new CommonTerms(_time);
        common.NoteLarge("shop");
        common.Note("'fail'", CommonTerms.Limit + 1);
        common.NoteTotal(CommonTerms.Limit + 1);

        common.Forget();

        Assert.False(common.IsLarge("shop") || common.Contains("'fail'") || common.Total is not null);
    }

    [Theory]
    [MemberData(nameof(Questions))]
    public void OnlyProject_Query_IsItsProjectWhenNothingElseIsAsked(MemoryQuery query, string? expected) => Assert.Equal(expected, QueryFilter.OnlyProject(query));
}
