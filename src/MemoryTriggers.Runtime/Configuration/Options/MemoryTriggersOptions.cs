using System.ComponentModel.DataAnnotations;
using MemoryTriggers.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace MemoryTriggers;

/// <summary>The settings of the runtime.</summary>
public sealed class MemoryTriggersOptions
{
    /// <summary>The section of the configuration that holds these settings.</summary>
    public const string Section = "MemoryTriggers";

    /// <summary>
    /// The folder for journal, store and dead letters. <value>A folder named after the program, under <c>MemoryTriggers</c> in the
    /// user's local application data.</value>
    /// </summary>
    [Required]
    public string DataDirectory { get; set; } = Files.DataDirectory.Default;

    /// <summary>
    /// The project of memories whose trigger names none, and the one that recall looks at. <value>None: such memories belong to
    /// <c>unknown</c>, and recall looks at all projects.</value>
    /// </summary>
    public string? Project { get; set; }

    /// <summary>
    /// Takes over the settings of a preset: those of the journal and the way to the store, and with
    /// <see cref="MemoryTriggersPreset.Reference"/> all that have a key. Others stay
    /// as they are. docs/configuration.md lists them.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such preset.</exception>
    public MemoryTriggersOptions Use(MemoryTriggersPreset preset)
    {
        if (preset == MemoryTriggersPreset.Reference) OptionKeys.Apply(ConfigurationLoading.Preset("reference"), this);
        else PresetSettings.Of(preset).ApplyTo(this);
        return this;
    }

    /// <summary>
    /// Takes over what a configuration says with the keys of docs/configuration.md; options whose keys it does not have stay as they are.
    /// With <c>preset</c> it sets all that the preset sets. Its later changes count as well, while the program runs, as far as
    /// docs/configuration.md says.
    /// </summary>
    /// <param name="configuration">The section, or a root that has it as <see cref="Section"/> or is about nothing else.</param>
    /// <param name="root">The root that it is a section of: it knows where values come from.</param>
    /// <exception cref="MemoryConfigurationException">Something is wrong with it; all of it is in the exception.</exception>
    public MemoryTriggersOptions Use(IConfiguration configuration, IConfigurationRoot? root = null)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var report = ConfigurationLoading.Load(configuration, root);
        if (!report.IsValid) throw new MemoryConfigurationException(report.Refusals);
        if (report.Values.All(static value => value.Origin == MemoryConfigurationOrigin.Default)) return this;
        Configured = new ConfigurationSource(configuration, root, report, OptionKeys.Apply(report, this));
        return this;
    }

    /// <summary>Where the settings come from that <see cref="Use(IConfiguration, IConfigurationRoot?)"/> has set.</summary>
    internal ConfigurationSource? Configured { get; private set; }

    /// <summary>The journal, in which records wait for the store.</summary>
    [ValidateObjectMembers]
    public JournalOptions Journal { get; set; } = new();

    /// <summary>Limits of single types of triggers. <value>None</value></summary>
    public IDictionary<TriggerType, TriggerTypeOptions> Types { get; } = new Dictionary<TriggerType, TriggerTypeOptions>();

    /// <summary>What is denied, changed, held back or acted on.</summary>
    [ValidateObjectMembers]
    public PoliciesOptions Policies { get; set; } = new();

    /// <summary>Health, circuit breaker, alerts.</summary>
    [ValidateObjectMembers]
    public OperationsOptions Operations { get; set; } = new();

    /// <summary>The events that <see cref="MemoryHooks"/> receives.</summary>
    [ValidateObjectMembers]
    public MemoryHooksOptions Hooks { get; set; } = new();

    /// <summary>The wording of lines, and the size of values.</summary>
    [ValidateObjectMembers]
    public LineOptions Lines { get; set; } = new();

    /// <summary>Rules of tests, which decide about each memory instead of the policies.</summary>
    internal Delivery.IDeliveryRules? Rules { get; set; }

    /// <summary>What other packages put around the store, the first nearest to it.</summary>
    internal IList<MemoryLayer> Layers { get; } = [];

    /// <summary>Whether the texts of exceptions are kept. The command line tool keeps none: they name what was typed.</summary>
    internal bool KeepsErrorText { get; set; } = true;

    /// <summary>Whether something searches by meaning.</summary>
    internal bool HasVectors { get; set; }

    /// <summary>The way from the journal to the store.</summary>
    [ValidateObjectMembers]
    public DeliveryOptions Delivery { get; set; } = new();

    /// <summary>What becomes of an error that was remembered before.</summary>
    [ValidateObjectMembers]
    public AutoRecallOptions AutoRecall { get; set; } = new();

    /// <summary>What becomes of memories that say the same again.</summary>
    [ValidateObjectMembers]
    public DuplicateOptions Duplicates { get; set; } = new();

    /// <summary>How values are stored: encryption and compression.</summary>
    [ValidateObjectMembers]
    public ProtectionOptions Protection { get; set; } = new();

    /// <summary>How long memories are kept.</summary>
    [ValidateObjectMembers]
    public RetentionOptions Retention { get; set; } = new();

    /// <summary>How searches rank what they find.</summary>
    [ValidateObjectMembers]
    public RecallOptions Recall { get; set; } = new();

    /// <summary>What was read lately, kept in memory.</summary>
    [ValidateObjectMembers]
    public ReadCacheOptions ReadCache { get; set; } = new();

    /// <summary>The SQLite store, where no other is registered.</summary>
    [ValidateObjectMembers]
    public SqliteBackendOptions Sqlite { get; set; } = new();
}
