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
}
