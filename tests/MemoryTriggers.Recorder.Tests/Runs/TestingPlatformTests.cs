using MemoryTriggers.Build;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Runs;

/// <summary>Real test programs of Microsoft.Testing.Platform, with the extension as its package adds it.</summary>
public sealed class TestingPlatformTests : IAsyncLifetime
{
    private static readonly string Extension = Path.Combine(RepositoryRoot.Path, "src", "MemoryTriggers.TestingPlatform", "build", "MemoryTriggers.TestingPlatform");
    private static readonly string Binaries = Repository.Logger("MemoryTriggers.TestingPlatform");

    private readonly Repository _repository = new();

    public async ValueTask InitializeAsync()
    {
        _repository.Write("Shop.Tests/Shop.Tests.csproj", $"""
            <Project>
              <PropertyGroup><MemoryTriggersRecorder>{Path.Combine(Binaries, "recorder")}</MemoryTriggersRecorder></PropertyGroup>
              <Import Project="Sdk.props" Sdk="Microsoft.NET.Sdk" />
              <Import Project="{Extension}.props" />
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework><OutputType>Exe</OutputType>
                <UseMicrosoftTestingPlatformRunner>true</UseMicrosoftTestingPlatformRunner>
              </PropertyGroup>
              <ItemGroup>{Repository.Packages("xunit.v3", "Microsoft.Testing.Platform")}<Reference Include="{Path.Combine(Binaries, "MemoryTriggers.TestingPlatform.dll")}" /></ItemGroup>
              <Import Project="Sdk.targets" Sdk="Microsoft.NET.Sdk" />
              <Import Project="{Extension}.targets" />
            </Project>
            """);
        _repository.Write("Shop.Tests/OrderTests.cs", OrderTests.Text);
        (await _repository.RunAsync("restore", "Shop.Tests")).MustHaveRestored();
        (await _repository.RunAsync("build", "Shop.Tests", "--no-restore", "--nologo", "--verbosity", "quiet")).MustSucceed();
    }

    public ValueTask DisposeAsync()
    {
        _repository.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact(Timeout = 300_000)]
    public async Task Tests_ThatFailTwiceAndThenPass_AreRememberedAndLinked()
    {
        var first = await TestAsync(isBroken: true);
        var second = await TestAsync(isBroken: true);
        var third = await TestAsync(isBroken: false);

        Assert.False(first.Succeeded);
        Assert.DoesNotContain("What earlier runs knew", first.Text, StringComparison.Ordinal);
        second.MustSay("What earlier runs knew of these failures:").MustSay("OrderTests.Total_OfOne_IsItsPrice: seen 1 time");
        third.MustSucceed();
        await OrderTests.AssertRememberedAsync(_repository);
    }

    [Fact(Timeout = 300_000)]
    public async Task Setting_ThatThereIsNot_EndsTheRunWithItsName()
    {
        var output = await _repository.RunAsync("run", "--project", "Shop.Tests", "--no-build", "--", "--memory-triggers", "Folder=x");

        Assert.False(output.Succeeded);
        output.MustSay("'Folder=x' is no setting of --memory-triggers");
    }

    [Fact(Timeout = 300_000)]
    public async Task Tests_ThatAreListed_AreNotRemembered()
    {
        (await _repository.RunAsync("run", "--project", "Shop.Tests", "--no-build", "--", "--list-tests", "--memory-triggers", $"Data={_repository.Data}", "Wait=60")).MustSucceed();

        Assert.False(File.Exists(Path.Combine(_repository.Data, "memory.db")));
    }

    private Task<BuildOutput> TestAsync(bool isBroken) => _repository.RunWithAsync(
        "BROKEN", isBroken ? "1" : "0", "run", "--project", "Shop.Tests", "--no-build", "--", "--memory-triggers", _repository.Settings);
}
