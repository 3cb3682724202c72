namespace MemoryTriggers;

/// <summary>The settings of the memories of commands. Read when a command runs.</summary>
public sealed class CommandMemoryOptions
{
    /// <summary>
    /// The runtime of the program. <value>None: the runtime that is started in this process; where there is none, one is started before the
    /// command and stopped after it</value>
    /// </summary>
    public MemoryTriggerService? Service { get; set; }

    /// <summary>The settings of the runtime that is started for a command. <value>The defaults</value></summary>
    public Action<MemoryTriggersOptions>? Configure { get; set; }

    /// <summary>
    /// How long the end of a command waits for the store, 0 to 60 s. What is not stored by then is in the journal, and stored by a later
    /// run. <value>2 s</value>
    /// </summary>
    public TimeSpan FlushTimeout
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value.Ticks, nameof(value));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromMinutes(1));
            field = value;
        }
    } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Whether the values of options and arguments are kept, or their names alone. What looks like a secret never is. <value>true</value>
    /// </summary>
    public bool IncludeValues { get; set; } = true;

    /// <summary>
    /// The names of options and arguments whose values are secrets, with or without their dashes. Those whose name gives it away, such as
    /// <c>--password</c> or <c>--api-key</c>, need not be named. <value>None</value>
    /// </summary>
    public ICollection<string> Sensitive { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
}
