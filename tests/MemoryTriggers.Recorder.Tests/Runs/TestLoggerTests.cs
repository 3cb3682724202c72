using MemoryTriggers.Build;

namespace MemoryTriggers.Runs;

/// <summary>Real runs of tests with the logger.</summary>
public sealed class TestLoggerTests : IDisposable
{
    private readonly Repository _repository = new();

    public TestLoggerTests()
    {
        _repository.Write("Shop.Tests/Shop.Tests.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><OutputType>Exe</OutputType><NuGetAudit>false</NuGetAudit></PropertyGroup>
              <ItemGroup>{Repository.Packages("Microsoft.NET.Test.Sdk", "xunit.v3", "xunit.runner.visualstudio")}</ItemGroup>
            </Project>
            """);
        _repository.Write("Shop.Tests/OrderTests.cs", OrderTests.Text);
    }

    public void Dispose() => _repository.Dispose();

    [Fact]
    public async Task Tests_ThatFailTwiceAndThenPass_AreRememberedAndLinked()
    {
        (await _repository.RunAsync("restore", "Shop.Tests")).MustHaveRestored();
        (await _repository.RunAsync("build", "Shop.Tests", "--no-restore", "--nologo", "--verbosity", "quiet")).MustSucceed();
        var first = await TestAsync(isBroken: true);
        var second = await TestAsync(isBroken: true);
        var third = await TestAsync(isBroken: false);

        Assert.False(first.Succeeded);
        Assert.DoesNotContain("What earlier runs knew", first.Text, StringComparison.Ordinal);
        second.MustSay("What earlier runs knew of these failures:").MustSay("OrderTests.Total_OfOne_IsItsPrice: seen 1 time");
        third.MustSucceed().MustSay("Passed:     4");
        var entries = await _repository.ReadAsync(runs: 3);
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

    private Task<BuildOutput> TestAsync(bool isBroken) => _repository.RunWithAsync(
        "BROKEN", isBroken ? "1" : "0",
        "test", "Shop.Tests", "--no-build", "--nologo", "--test-adapter-path", Repository.Logger("MemoryTriggers.TestLogger"), "--logger", $"memory-triggers;{_repository.Settings}");
}
