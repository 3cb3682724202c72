namespace MemoryTriggers.Runs;

/// <summary>Somebody's tests, of which two fail where <c>BROKEN</c> is 1.</summary>
internal static class OrderTests
{
    public const string Text = """
        using System;
        using Xunit;

        public class OrderTests
        {
            private static bool Broken => Environment.GetEnvironmentVariable("BROKEN") == "1";

            [Fact(Timeout = 300_000)]
            public void Total_OfOne_IsItsPrice()
            {
                if (Broken) throw new InvalidOperationException("password=hunter2 refused");
            }

            [Theory, InlineData(1), InlineData(2)]
            public void Count_IsThat(int count) => Assert.Equal(Broken ? 1 : count, count);

            [Fact]
            public void Fine() { }
        }
        """;

    /// <summary>After two runs that fail and one that does not.</summary>
    public static async Task AssertRememberedAsync(Repository repository)
    {
        var entries = await repository.ReadAsync(runs: 3);
        Assert.All(entries, static entry => Assert.Equal("shop", entry.Project));
        Assert.All(entries, static entry => Assert.DoesNotContain("hunter2", entry.Content + entry.Value.GetRawText(), StringComparison.Ordinal));
        var failures = entries.Where(static entry => entry.Tags.Contains("test-failure")).ToList();
        Assert.Equal(4, failures.Count);
        var total = failures.First(static entry => entry.Key == "OrderTests.Total_OfOne_IsItsPrice");
        Assert.Equal("System.InvalidOperationException", total.EntityId);
        Assert.Equal("at OrderTests.Total_OfOne_IsItsPrice() in Shop.Tests/OrderTests.cs:line 11", total.Value.GetProperty("metadata").GetProperty("frames").GetString());
        Assert.Equal(
            ["OrderTests.Count_IsThat", "OrderTests.Total_OfOne_IsItsPrice"],
            entries.Where(static entry => entry.Tags.Contains("test-fixed")).Select(static entry => entry.Key).Order());
        var run = entries.First(static entry => entry.Tags.Contains("test-run"));
        Assert.Equal("test Shop.Tests", run.Key);
        Assert.Contains("2 passed, 2 failed, 0 skipped", run.Content, StringComparison.Ordinal);
    }
}
