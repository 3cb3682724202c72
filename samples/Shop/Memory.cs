using MemoryTriggers;

namespace Shop;

/// <summary>What the shop does with MemoryTriggers: everything that a team adds in an afternoon, beside <c>Triggers.cs</c>.</summary>
internal static class Memory
{
    // What the triggers of the shop are.
    private static readonly TriggerType[] Triggers =
        [TriggerType.WorkflowCompletion, TriggerType.KnowledgeCapture, TriggerType.DecisionPoint];

    /// <returns>Whether the shop remembers: <c>--memory off</c> switches it off, to measure its costs.</returns>
    public static bool AddMemory(this WebApplicationBuilder builder)
    {
        var mode = builder.Configuration["memory"];
        if (mode == "off") return false;
        builder.Services.AddTransient<MemoryReport>();
        builder.Services
            .AddMemoryTriggers(options =>
            {
                options.Project = "shop";
                if (builder.Configuration["data"] is { } directory) options.DataDirectory = directory;
                if (mode == "hooks") Array.ForEach(Triggers, type => options.Types[type] = new() { Enabled = false });
            })
            .AddHostHooks()
            .AddLogHooks()
            .AddHttpClientHooks();
        return true;
    }

    public static void MapMemory(this WebApplication app)
    {
        app.MapMemoryTriggers();
        app.MapGet("/memories", static async (MemoryReport report) =>
        {
            using var text = new StringWriter();
            await report.WriteAsync(text);
            return Results.Text(text.ToString());
        });
    }
}
