using MemoryTriggers.Cli.Conventions;
using MemoryTriggers.Cli.Tool;

namespace MemoryTriggers.Cli.Configurations;

public sealed class ConfigurationCommandTests : IDisposable
{
    private readonly ToolFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("development")]
    [InlineData("testing")]
    [InlineData("staging")]
    [InlineData("production")]
    public async Task Generate_Environment_IsValid(string environment)
    {
        var generated = await _folder.RunAsync("generate", "--env", environment, "-o", _folder.File("memory.yaml"));
        var validated = await _folder.RunAsync("validate", _folder.File("memory.yaml"), "-f", "json");

        Assert.Equal((ExitCodes.Fine, ExitCodes.Fine), (generated.ExitCode, validated.ExitCode));
        Assert.True(validated.Json.GetProperty("valid").GetBoolean());
        Assert.Equal(environment, validated.Json.GetProperty("environment").GetString());
        Assert.InRange(validated.Json.GetProperty("performance_score").GetDouble(), 0.1, 1);
    }

    [Fact]
    public async Task Generate_MinimalToStandardOutput_IsValid()
    {
        var minimal = await _folder.RunAsync("generate", "--minimal", "--env", "production");
        await File.WriteAllTextAsync(_folder.File("memory.yaml"), minimal.Output, Token);

        Assert.Equal("preset: \"production\"\nenvironment: \"production\"\nconfig_version: \"1.0\"\nglobal_enabled: true\n", minimal.Output);
        Assert.Equal(ExitCodes.Fine, (await _folder.RunAsync("validate", _folder.File("memory.yaml"))).ExitCode);
        Assert.Equal("object", (await _folder.RunAsync("generate", "--schema")).Json.GetProperty("type").GetString());
    }

    [Fact]
    public async Task Generate_FileThatIsThere_IsNotReplacedUnasked()
    {
        await File.WriteAllTextAsync(_folder.File("memory.yaml"), "mine", Token);

        var refused = await _folder.RunAsync("generate", "-o", _folder.File("memory.yaml"));

        Assert.Equal(ExitCodes.WrongUsage, refused.ExitCode);
        Assert.Equal("mine", await File.ReadAllTextAsync(_folder.File("memory.yaml"), Token));
        Assert.Equal(ExitCodes.Fine, (await _folder.RunAsync("generate", "-o", _folder.File("memory.yaml"), "--force")).ExitCode);
        Assert.NotEqual("mine", await File.ReadAllTextAsync(_folder.File("memory.yaml"), Token));
    }

    [Fact]
    public async Task Validate_WrongKeys_SaysWhereAndWhatInstead()
    {
        await File.WriteAllTextAsync(_folder.File("memory.yaml"), "environment: production\nperformance:\n  batch_sise: 5\n  create_timeout: never\n", Token);

        var table = await _folder.RunAsync("validate", _folder.File("memory.yaml"));
        var json = await _folder.RunAsync("validate", _folder.File("memory.yaml"), "-f", "json");

        Assert.Equal((ExitCodes.Failed, ExitCodes.Failed), (table.ExitCode, json.ExitCode));
        Assert.Contains("batch_size", table.Output, StringComparison.Ordinal);
        Assert.Contains("refused", table.Output, StringComparison.Ordinal);
        Assert.Contains(json.Json.GetProperty("issues").EnumerateArray(), static issue => issue.GetProperty("line").GetInt32() == 3);
        Assert.Contains(json.Json.GetProperty("issues").EnumerateArray(), static issue => issue.GetProperty("line").GetInt32() == 4);
    }

    [Fact]
    public async Task Validate_Strict_RefusesWarnings()
    {
        await File.WriteAllTextAsync(_folder.File("memory.yaml"), "environment: production\nglobal_enabled: true\ndebug_mode: true\n", Token);

        var lenient = await _folder.RunAsync("validate", _folder.File("memory.yaml"), "-f", "json");
        var strict = await _folder.RunAsync("validate", _folder.File("memory.yaml"), "--strict");

        Assert.NotEmpty(lenient.Json.GetProperty("issues").EnumerateArray());
        Assert.Equal((ExitCodes.Fine, ExitCodes.Failed), (lenient.ExitCode, strict.ExitCode));
    }

    [Fact]
    public async Task Deploy_Twice_ShowsWhatChangesAndKeepsTheOld()
    {
        var source = _folder.File("memory.yaml");
        var target = _folder.File("memory.staging.yaml");
        await File.WriteAllTextAsync(source, "# Ours.\nenvironment: development   # here\nglobal_enabled: true\nperformance:\n  batch_size: 7\n", Token);

        var dry = await _folder.RunAsync("deploy", source, "--env", "staging", "--dry-run", "-f", "json");
        Assert.False(File.Exists(target));
        var first = await _folder.RunAsync("deploy", source, "--env", "staging", "--backup", "-f", "json");
        await File.WriteAllTextAsync(source, (await File.ReadAllTextAsync(source, Token)).Replace("7", "9", StringComparison.Ordinal), Token);
        var second = await _folder.RunAsync("deploy", source, "--env", "staging", "--backup", "-f", "json");

        Assert.Equal((0, 0, 0), (dry.ExitCode, first.ExitCode, second.ExitCode));
        Assert.Equal("# Ours.\nenvironment: \"staging\"\nglobal_enabled: true\nperformance:\n  batch_size: 9\n", await File.ReadAllTextAsync(target, Token));
        Assert.Contains("development", await File.ReadAllTextAsync(source, Token), StringComparison.Ordinal);
        var change = Assert.Single(second.Json.GetProperty("changed").EnumerateArray());
        Assert.Equal(("performance.batch_size", "7", "9"), (change.GetProperty("key").GetString(), change.GetProperty("before").GetString(), change.GetProperty("after").GetString()));
        Assert.Contains("batch_size: 7", await File.ReadAllTextAsync(second.Json.GetProperty("backup").GetString()!, Token), StringComparison.Ordinal);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, first.Json.GetProperty("backup").ValueKind);
    }

    [Fact]
    public async Task Deploy_Refused_WritesNothing()
    {
        await File.WriteAllTextAsync(_folder.File("memory.yaml"), "no_such_key: 1\n", Token);

        var refused = await _folder.RunAsync("deploy", _folder.File("memory.yaml"), "--env", "production");
        var usage = await _folder.RunAsync("deploy", _folder.File("memory.yaml"), "--env", "moon");

        Assert.Equal((ExitCodes.Failed, ExitCodes.WrongUsage), (refused.ExitCode, usage.ExitCode));
        Assert.Contains("Nothing was written", refused.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File("memory.production.yaml")));
    }
}
