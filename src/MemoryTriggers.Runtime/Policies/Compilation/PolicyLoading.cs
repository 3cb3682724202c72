using System.Text;

namespace MemoryTriggers.Policies;

/// <summary>From the options to a set: what code says, what the file says, and the defaults for the rest.</summary>
internal static class PolicyLoading
{
    /// <exception cref="PolicyException">Something is wrong with the policies, or the file cannot be read.</exception>
    public static PolicySet Load(PoliciesOptions options)
    {
        var settings = new PolicySetOptions
        {
            TimeZone = options.Set.TimeZone,
            Seed = options.Set.Seed,
            Reach = new WebhookReach(options.WebhookHosts, options.WebhookPrivateAddresses),
            ActionTypes = [.. options.Set.ActionTypes, .. options.Actions.Select(static action => action.Type)],
        };
        var document = options.File is { Length: > 0 } file
            ? Read(Path.Combine(AppContext.BaseDirectory, file), settings)
            : new PolicyDocument([], [], []);
        if (document.Problems.Count > 0) throw new PolicyException(document.Problems);

        List<TriggerPolicy> policies = [.. options.ForTypes, .. document.Policies];
        if (options.UseDefaults)
            policies.AddRange(PolicyDefaults.All.Where(policy => policies.TrueForAll(known => known.Type != policy.Type)));
        return PolicySet.Compile([.. options.Rules, .. document.Rules], policies, options.Programs, settings);
    }

    private static PolicyDocument Read(string path, PolicySetOptions settings)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (file.Length > PolicyYaml.MaxBytes) throw new IOException($"it has more than {PolicyYaml.MaxBytes} bytes");
            using var reader = new StreamReader(file, Encoding.UTF8);
            return PolicyYaml.Parse(reader.ReadToEnd(), settings);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new PolicyException([new PolicyProblem(0, 0, path, $"cannot be read: {exception.Message}")]);
        }
    }
}
