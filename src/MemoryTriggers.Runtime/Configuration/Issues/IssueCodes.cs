namespace MemoryTriggers.Configuration;

/// <summary>The codes of the reference.</summary>
internal static class IssueCodes
{
    public const string Load = "LOAD_ERROR";
    public const string Schema = "SCHEMA_VIOLATION";
    public const string Version = "SCHEMA_ERROR";
    public const string Rule = "VALIDATION_RULE_ERROR";
    public const string Create = "CONFIG_CREATE_ERROR";
}
