using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using MemoryTriggers.Validation;

namespace MemoryTriggers.Configuration;

/// <summary>The section <c>backend.backend_settings</c>: what only some stores know. Immutable; counts at the start.</summary>
internal sealed record BackendDetailSettings
{
    /// <summary>
    /// The folder of the SQLite or LiteDB database; a relative path begins at the data folder. <value>The data folder</value>
    /// </summary>
    [Setting("`local`, `litedb`: the folder of the database; a relative path begins at the data folder.", NeedsRestart = true)]
    public string? LocalStoragePath { get; init; }

    /// <summary>Always false. <value>false</value></summary>
    [Setting("`true` is refused: use the backup of SQLite or of the file system.", NeedsRestart = true)]
    public bool BackupEnabled { get; init; }

    /// <summary>Whether the store is emptied at the start, in development and testing. <value>false</value></summary>
    [Setting("Empties the local store at the start; only in development and testing.", NeedsRestart = true)]
    public bool CleanupOnStart { get; init; }

    /// <summary>The environment variable with the key of mem0. <value><c>MEM0_API_KEY</c></value></summary>
    [Setting("`mem0`: the environment variable that holds the key.", NeedsRestart = true)]
    [RegularExpression("^[A-Za-z_][A-Za-z0-9_]*$")]
    public string? ApiKeyEnv { get; init; }

    /// <summary>The key of mem0 itself. Not for files: use <see cref="ApiKeyEnv"/>. <value>None</value></summary>
    [Setting("`mem0`: the key itself, for sources that keep secrets. Never shown.", NeedsRestart = true, IsSecret = true)]
    public string? ApiKey { get; init; }

    /// <summary>The organization that the key must belong to. <value>Any</value></summary>
    [Setting("`mem0`: the organization that the key must belong to; the store is not opened otherwise.", NeedsRestart = true)]
    public string? OrganizationId { get; init; }

    /// <summary>The user of all memories. <value><c>memory-triggers</c></value></summary>
    [Setting("`mem0`: the user under which memories are.", NeedsRestart = true)]
    [RegularExpression(@"^\S{1,128}$")]
    public string? UserId { get; init; }

    /// <summary>Where mem0 is. <value><c>api.mem0.ai</c></value></summary>
    [Setting("`mem0`: where it is; https unless it says http://.", NeedsRestart = true, Form = "host")]
    public string? Host { get; init; }

    /// <summary>How long one request may take, 1 to 600 s. <value>30 s</value></summary>
    [Setting("`mem0`: seconds that one request may take.", NeedsRestart = true)]
    [Range(1.0, 600.0)]
    public double Timeout { get; init; } = 30;

    /// <summary>The environment variable with the connection string of PostgreSQL. <value><c>MEMORY_TRIGGERS_POSTGRES</c></value></summary>
    [Setting(
        "`postgresql`: the environment variable that holds the connection string; MEMORY_TRIGGERS_POSTGRES without it.",
        NeedsRestart = true)]
    [RegularExpression("^[A-Za-z_][A-Za-z0-9_]*$")]
    public string? ConnectionStringEnv { get; init; }

    /// <summary>The schema in PostgreSQL. <value><c>memory_triggers</c></value></summary>
    [Setting("`postgresql`: the schema, made when missing; memory_triggers without it.", NeedsRestart = true)]
    [RegularExpression("^[a-z_][a-z0-9_]{0,39}$")]
    public string? Schema { get; init; }

    /// <summary>Whether processes share their circuit breakers. <value>false</value></summary>
    [Setting("`postgresql`: processes tell each other which stores are away ([scaling.md](scaling.md)).", NeedsRestart = true)]
    public bool ShareBreakers { get; init; }

    /// <summary>Whether rate limits hold for all processes together. <value>false</value></summary>
    [Setting("`postgresql`: rate limits of policies hold for all processes together.", NeedsRestart = true)]
    public bool ShareRateLimits { get; init; }

    /// <summary>How often processes tell each other, 0.1 to 600 s. <value>1</value></summary>
    [Setting("`postgresql`: seconds between two times that processes tell each other what they share.", NeedsRestart = true)]
    [Range(0.1, 600.0)]
    public double ShareInterval { get; init; } = 1;

    /// <summary>Who shares: processes with the same name here, and the same schema. <value><c>default</c></value></summary>
    [Setting("`postgresql`: the processes with the same name here share, 1 to 100 characters; default without it.", NeedsRestart = true)]
    [RegularExpression("^.{1,100}$")]
    public string? ShareGroup { get; init; }

    /// <summary>The settings, without the key.</summary>
    public override string ToString() => string.Join(
        ' ',
        from property in typeof(BackendDetailSettings).GetProperties()
        where property.GetCustomAttribute<SettingAttribute>() is { IsSecret: false }
        let value = property.GetValue(this)
        where value is not null
        select $"{JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name)}: {Plain(value)}");

    private static string Plain(object value) => value switch
    {
        bool truth => truth ? "true" : "false",
        double number => number.ToString("0.0##############", CultureInfo.InvariantCulture),
        _ => $"\"{JsonEncodedText.Encode((string)value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"",
    };
}
