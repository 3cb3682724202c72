namespace MemoryTriggers;

/// <summary>Where <see cref="MemoryModule.OpenAsync"/> keeps memories.</summary>
public sealed class MemoryModuleOptions
{
    /// <summary>
    /// The folder. <value>A folder named after the program, under <c>MemoryTriggers</c> in the user's local application data</value>
    /// </summary>
    public string Directory { get; set; } = Files.DataDirectory.Default;

    /// <summary>
    /// <c>sqlite</c> (the file <c>memory.db</c>), <c>json</c> (the file <c>memory.json</c>) or <c>memory</c>. <value><c>sqlite</c></value>
    /// </summary>
    public string BackendType { get; set; } = "sqlite";

    /// <summary>The project of new memories, and the one that is searched. <value>None: all projects are searched</value></summary>
    public string? Project { get; set; }
}
