namespace MemoryTriggers.Architecture;

public sealed class PublicTypesTests
{
    // The number only falls: a new public type needs another one to go.
    private const int MaxTypes = 150;

    [Fact]
    public void Types_OfTheOnePackage_AreNotMoreThanBefore()
    {
        var types = Projects.AssembliesOfThePackage().SelectMany(PublicTypes.Names).Order(StringComparer.Ordinal).ToList();

        Assert.Contains("MemoryTriggers.TriggerHub", types);
        Assert.Contains("MemoryTriggers.MemoryTriggersOptions", types);
        Assert.True(
            types.Count <= MaxTypes,
            $"`dotnet add package MemoryTriggers` brings {types.Count} public types, at most {MaxTypes}:\n{string.Join('\n', types)}");
    }

    [Theory]
    [MemberData(nameof(Projects.All), MemberType = typeof(Projects))]
    public void Methods_EveryProject_TakeNoTwoBooleans(string project) =>
        Assert.Empty(PublicTypes.WithTwoBooleans(Projects.FileOf(project)));

    // This assembly has one itself.
    [Fact]
    public void Methods_WithTwoBooleans_AreFound() =>
        Assert.Contains(
            PublicTypes.WithTwoBooleans(typeof(PublicTypesTests).Assembly.Location),
            static name => name.Contains(nameof(TwoBooleans), StringComparison.Ordinal));

    public sealed class TwoBooleans
    {
        public static bool Either(bool one, bool other) => one || other;
    }
}
