namespace MemoryTriggers.Recording;

public sealed class UserTraceTests
{
    [Fact]
    public void Of_ATraceThroughTheFramework_KeepsTheUsersFrames()
    {
        const string trace = """
              at Xunit.Assert.Equal[T](T expected, T actual) in /_/src/Assert.cs:line 14
              at Shop.OrderTests.Total() in tests/OrderTests.cs:line 7
            --- End of stack trace from previous location ---
              at System.Reflection.MethodBaseInvoker.InvokeWithNoArgs(Object obj)
            """;

        Assert.Equal("at Shop.OrderTests.Total() in tests/OrderTests.cs:line 7", UserTrace.Of(trace));
    }

    [Fact]
    public void Of_ATraceWithoutAny_KeepsTheNearest() => Assert.Equal("at System.IO.File.Open()", UserTrace.Of("  at System.IO.File.Open()\n  at System.X.Y()"));

    [Fact]
    public void Of_ADeepTrace_KeepsTen() =>
        Assert.Equal(10, UserTrace.Of(string.Join('\n', Enumerable.Range(0, 50).Select(static depth => $"at Shop.A.M{depth}()"))).Split('\n').Length);
}
