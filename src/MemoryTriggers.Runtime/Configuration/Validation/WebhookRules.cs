using MemoryTriggers.Policies;

namespace MemoryTriggers.Configuration;

/// <summary>What webhooks may reach by a configuration, and whether the webhook of alerts is among it.</summary>
internal static class WebhookRules
{
    private const string Hosts = "policies.webhook_hosts";

    public static void Check(ConfigurationFindings found, bool isAlone)
    {
        var problem = Reach(found, isAlone)?.Problem(found.Configuration.Operations.Alerts.Webhook?.OriginalString);
        found.Error(problem is not null, "alerts.webhook", problem ?? "", $"add its host to '{Hosts}'");
    }

    // Code of the program may allow hosts as well; its hosts are known, and checked, when it starts.
    public static WebhookReach? Reach(ConfigurationFindings found, bool isAlone) => isAlone || found.IsSaid(Hosts)
        ? new WebhookReach(found.Configuration.Policies.WebhookHosts, found.Configuration.Policies.WebhookPrivateAddresses)
        : null;
}
