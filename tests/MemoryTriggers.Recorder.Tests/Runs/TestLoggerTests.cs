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
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><OutputType>Exe</OutputType></PropertyGroup>
              <ItemGroup>{Repository.Packages("Microsoft.NET.Test.Sdk", "xunit.v3.mtp-off", "xunit.runner.visualstudio")}</ItemGroup>
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
        await OrderTests.AssertRememberedAsync(_repository);
    }

    private Task<BuildOutput> TestAsync(bool isBroken) => _repository.RunWithAsync(
        "BROKEN", isBroken ? "1" : "0",
        "test", "Shop.Tests", "--no-build", "--nologo", "--test-adapter-path", Repository.Logger("MemoryTriggers.TestLogger"), "--logger", $"memory-triggers;{_repository.Settings}");
}
