using System.ComponentModel.DataAnnotations;
using MemoryTriggers.Validation;

namespace MemoryTriggers;

/// <summary>The settings of the <see cref="Mem0MemoryBackend"/>.</summary>
public sealed class Mem0BackendOptions
{
    /// <summary>Which of the two servers it is. <value><see cref="Mem0Flavor.Hosted"/></value></summary>
    [EnumDataType(typeof(Mem0Flavor))]
    public Mem0Flavor Flavor { get; set; }

    /// <summary>
    /// Where it is: http or https, without user name, password, query and fragment. <value><c>https://api.mem0.ai</c></value>
    /// </summary>
    [Required]
    [HttpAddress(IsBase = true)]
    public Uri BaseAddress { get; set; } = new("https://api.mem0.ai");

    /// <summary>The environment variable that holds the key. <value><c>MEM0_API_KEY</c></value></summary>
    [Required]
    public string ApiKeyEnvironmentVariable { get; set; } = "MEM0_API_KEY";

    /// <summary>
    /// The key, for configuration providers that hold secrets; it goes before the environment variable. Never in a file that is checked in.
    /// <value>None</value>
    /// </summary>
    public string? ApiKey { get; set; }

    /// <summary>
    /// Whether a key may be sent without encryption to another machine. <value><see langword="false"/></value>
    /// </summary>
    public bool AllowInsecure { get; set; }

    /// <summary>Under which user all memories are, without white space. <value><c>memory-triggers</c></value></summary>
    [Required]
    [RegularExpression(@"^\S{1,128}$")]
    public string UserId { get; set; } = "memory-triggers";

    /// <summary>
    /// The organization that the key must belong to; the store is not opened with the key of another one. Hosted only. <value>Any</value>
    /// </summary>
    public string? OrganizationId { get; set; }

    /// <summary>
    /// Whether mem0 is to have a language model make its own memory of each line. Then it is no longer stored word for word.
    /// <value><see langword="false"/></value>
    /// </summary>
    public bool Infer { get; set; }

    /// <summary>How long one request may take, 10 ms to 10 minutes. <value>30 s</value></summary>
    [TimeSpanRange("00:00:00.0100000", "00:10:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many requests run at once, 1 to 100. <value>8</value></summary>
    [Range(1, 100)]
    public int MaxConcurrency { get; set; } = 8;

    /// <summary>
    /// How many memories a question may read at most, 100 to 100,000; the self-hosted server gives 1,000 at most. <value>10,000</value>
    /// </summary>
    [Range(100, 100_000)]
    public int MaxListed { get; set; } = 10_000;

    /// <inheritdoc/>
    public override string ToString() => $"mem0 ({Flavor}) at {BaseAddress}";

    internal string? Key() => ApiKey is { Length: > 0 } key
        ? key : Environment.GetEnvironmentVariable(ApiKeyEnvironmentVariable) is { Length: > 0 } found ? found : null;
}
