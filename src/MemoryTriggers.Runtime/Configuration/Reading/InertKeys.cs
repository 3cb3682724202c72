namespace MemoryTriggers.Configuration;

/// <summary>Keys that documents of the reference have and that could do nothing here: each is refused with what to use instead.</summary>
internal static class InertKeys
{
    private static readonly string[] SecretWords = ["password", "secret", "token"];

    private static readonly Dictionary<string, (string Message, string Instead)> Keys = new(StringComparer.OrdinalIgnoreCase)
    {
        ["config_file_path"] = ("says only where the file is", "leave it out: the file knows it"),
        ["rules"] = ("are no part of a configuration", "put them into a file of their own and name it in 'policies.file'"),
        ["orchestrator"] = ("is a section of version 0.9", "say 'config_version: \"0.9\"', or use 'performance' and 'global_enabled'"),
        ["hooks.capture_args"] = (
            "does nothing: what is captured is said at the method, by its attribute",
            "use CaptureArguments of the attribute, and [Sensitive]"),
        ["backend.backend_settings.connection_string"] = (
            "does nothing: it holds a password", "keep it in an environment variable, and name that in 'connection_string_env'"),
        ["policies.enabled"] = ("does nothing: policies are on when there are some", "leave out 'policies.file' to have none"),
        ["policies.default_decision"] = (
            "does nothing: what no rule concerns is allowed", "give a type its 'default_decision' in the policy file"),
        ["policies.rate_limiting"] = (
            "does nothing: limits hold where they are given",
            "give a type its 'rate_limits' in the policy file, or 'max_triggers_per_minute' in a trigger policy"),
        ["policies.max_rate_per_hour"] = ("does nothing", "give a type its 'rate_limits' in the policy file"),
        ["policies.max_rate_per_minute"] = ("does nothing", "use 'max_triggers_per_minute' of a trigger policy"),
        ["backend.backend_settings.redis_url"] = (
            "does nothing: there is no Redis store", "use 'backend_type: postgresql' for many machines"),
        ["backend.backend_settings.password"] = (
            "does nothing",
            "keep secrets in environment variables: 'api_key_env' names the one for mem0, MEMORY_TRIGGERS_POSTGRES has that of PostgreSQL"),
    };

    public static (string Message, string Instead)? Find(string path) => Keys.TryGetValue(path, out var reason) ? reason : null;

    /// <summary>Whether a value under such a name is better not shown, even where it is wrong.</summary>
    public static bool IsSecret(string name) =>
        Array.Exists(SecretWords, word => name.Contains(word, StringComparison.OrdinalIgnoreCase)) ||
        name.EndsWith("api_key", StringComparison.OrdinalIgnoreCase) || name.EndsWith("apikey", StringComparison.OrdinalIgnoreCase);
}
