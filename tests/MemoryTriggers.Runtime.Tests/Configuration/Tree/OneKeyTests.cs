using MemoryTriggers.TestKit;
using Microsoft.Extensions.Configuration;

namespace MemoryTriggers.Configuration;

/// <summary>Only a key that is said changes anything.</summary>
public sealed class OneKeyTests
{
    // Refused where they are not their default, and the preset, which is there to change more than itself.
    private static readonly string[] Without =
    [
        "preset", "config_version", "performance.background_processing_enabled", "features.background_processing",
        "backend.backend_settings.backup_enabled", "policies.file",
    ];

    public static TheoryData<string> Keys => [.. FileKeys.All.Keys.Except(Without)];

    [Theory]
    [MemberData(nameof(Keys))]
    public void Use_OfOneKey_ChangesItsOptionsOnly(string key)
    {
        var (before, after) = (Use(new(), FileKeys.Beside(key)), Use(new(), FileKeys.With(key)));

        Assert.Equal(Doors.Of(key), OptionsTree.Changed(before, after));
    }

    [Fact]
    public void Use_OfAProject_ChangesNothingElse() =>
        Assert.Equal(["Project"], OptionsTree.Changed(new(), Use(new(), [new("MemoryTriggers:project", "shop")])));

    [Fact]
    public void Use_OfAPolicyFile_ChangesNothingElse()
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllText(directory.File("rules.yaml"), "rules: {r: {conditions: [{type: always}], actions: [{type: abort}]}}\n");

        Assert.Equal(["Policies.File"], OptionsTree.Changed(new(), Use(new(), [new("policies:file", directory.File("rules.yaml"))])));
    }

    // What code has set before is not said again by the file.
    [Theory]
    [MemberData(nameof(Keys))]
    public void Use_OfOneKey_LeavesWhatCodeHasSet(string key)
    {
        var (before, after) = (Use(Preset(), FileKeys.Beside(key)), Use(Preset(), FileKeys.With(key)));

        Assert.Subset(Doors.Of(key).ToHashSet(), OptionsTree.Changed(before, after).ToHashSet());
    }

    private static MemoryTriggersOptions Preset() => new MemoryTriggersOptions().Use(MemoryTriggersPreset.LowResource);

    private static MemoryTriggersOptions Use(MemoryTriggersOptions options, IEnumerable<KeyValuePair<string, string?>> said) =>
        options.Use(new ConfigurationBuilder().AddInMemoryCollection([.. said]).Build());
}
