using System.ComponentModel.DataAnnotations;

namespace MemoryTriggers;

/// <summary>The options of <c>execute_webhook</c>.</summary>
public sealed class WebhookOptions
{
    /// <summary>
    /// The hosts that may be called, such as <c>hooks.example.com</c> or <c>*.example.com</c>. <value>None: a rule can reach no host that
    /// the program does not name.</value>
    /// </summary>
    [Required]
    public IList<string> AllowedHosts { get; set; } = [];

    /// <summary>
    /// Whether loopback, private and link-local addresses may be reached; it is the address that counts, not the name.
    /// <value><see langword="false"/></value>
    /// </summary>
    public bool AllowPrivateAddresses { get; set; }
}
