using MemoryTriggers.Weaver;

namespace MemoryTriggers.Build;

/// <summary>One source in two folders, built as a build server does: deterministic, paths mapped, signed.</summary>
public sealed class TwoReleases : IAsyncLifetime
{
    private const string Properties =
        """
        <PropertyGroup>
          <ContinuousIntegrationBuild>true</ContinuousIntegrationBuild>
          <SignAssembly>true</SignAssembly>
          <AssemblyOriginatorKeyFile>$(MSBuildThisFileDirectory)key.snk</AssemblyOriginatorKeyFile>
        </PropertyGroup>
        <ItemGroup><SourceRoot Include="$(MSBuildThisFileDirectory)" /></ItemGroup>
        """;

    private readonly UserFolder[] _folders = [new(Properties), new(Properties)];

    internal byte[] PublicKey { get; private set; } = [];

    internal BuildOutput Output { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        (var pair, PublicKey) = StrongNameKey.Create();
        foreach (var folder in _folders)
        {
            System.IO.File.WriteAllBytes(folder.File("key.snk"), pair);
            folder.AddProject("Library", Source.Pusher);
            Output = (await folder.BuildAsync("Library", "--configuration", "Release")).MustSucceed();
        }
    }

    public ValueTask DisposeAsync()
    {
        foreach (var folder in _folders) folder.Dispose();
        return ValueTask.CompletedTask;
    }

    internal string File(int folder, string file) => _folders[folder].File("Library", "bin", "Release", "net10.0", file);

    internal byte[] Read(int folder, string file) => System.IO.File.ReadAllBytes(File(folder, file));
}
