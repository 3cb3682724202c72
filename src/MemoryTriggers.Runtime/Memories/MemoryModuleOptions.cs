using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MemoryTriggers;

/// <summary>The settings of a <see cref="MemoryModule"/> that is opened without a service.</summary>
public sealed class MemoryModuleOptions
{
    /// <summary>
    /// The folder. <value>A folder named after the program, under <c>MemoryTriggers</c> in the user's local application data</value>
    /// </summary>
    [Required]
    public string Directory { get; set; } = Files.DataDirectory.Default;

    /// <summary>
    /// The store in the folder, unless <see cref="Backend"/> is set: <c>sqlite</c> (the file <c>memory.db</c>), <c>json</c> (the file
    /// <c>memory.json</c>) or <c>memory</c>. <value><c>sqlite</c></value>
    /// </summary>
    [Required]
    public string BackendType { get; set; } = "sqlite";

    /// <summary>
    /// Any other store, such as <c>LiteDbMemoryBackend</c>, or one of your own. The module initializes it, and disposes of it, also if the
    /// store cannot be opened. <value>None: <see cref="BackendType"/> decides</value>
    /// </summary>
    public IMemoryBackend? Backend { get; set; }

    /// <summary>
    /// The project of new memories, and the one that is searched. <value>None: new memories belong to <c>unknown</c>, and all projects are
    /// searched</value>
    /// </summary>
    public string? Project { get; set; }

    /// <summary>How values are stored: encryption and compression. <value>As they are</value></summary>
    [ValidateObjectMembers]
    public ProtectionOptions Protection { get; set; } = new();

    /// <summary>
    /// How long memories are kept. Passes run in the background while the module is open, the first one after a minute if it is due, and
    /// with <see cref="MemoryModule.CleanUpAsync"/>. <value>Memories without a time of their own are kept for ever</value>
    /// </summary>
    [ValidateObjectMembers]
    public RetentionOptions Retention { get; set; } = new();

    /// <summary>How searches rank what they find.</summary>
    [ValidateObjectMembers]
    public RecallOptions Recall { get; set; } = new();

    /// <summary>Where the store and the retention log. <value>Nowhere</value></summary>
    public ILoggerFactory? Loggers { get; set; }

    /// <summary>The clock of new memories, expiry, retention and recency. <value>The system's</value></summary>
    [Required]
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;
}
