namespace MemoryTriggers.Build.Packages;

/// <summary>All tests of the packages share them.</summary>
[CollectionDefinition(nameof(PackageFeed))]
public sealed class PackageFeedCollection : ICollectionFixture<PackageFeed>;
