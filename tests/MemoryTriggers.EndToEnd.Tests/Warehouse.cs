using System.Text.RegularExpressions;
using MemoryTriggers;

[assembly: MemoryTriggerOn(typeof(Regex), nameof(Regex.IsMatch), TriggerType.PatternDetection, Subject = "search", ParameterTypes = [typeof(string), typeof(string)], CaptureArguments = true)]

namespace MemoryTriggers.EndToEnd;

/// <summary>A trigger on the class: its public methods.</summary>
[WorkflowMemoryTrigger(Project = "warehouse")]
internal sealed class Warehouse
{
    public string Pack(string order) => Label(order);

    [NoMemoryTrigger]
    public string Peek(string order) => Label(order);

    [AgentMemoryTrigger("picker", Project = "warehouse")]
    public bool Find(string order) => Regex.IsMatch(order, "^[a-z]+$");

    private static string Label(string order) => $"[{order}]";
}

/// <summary>Members as the compiler of this SDK writes them.</summary>
internal static class OrderExtensions
{
    extension(string order)
    {
        [DecisionMemoryTrigger("route", Project = "warehouse", CaptureArguments = true)]
        public string Route(int shelf) => $"{order}-{shelf}";

        public bool IsUrgent
        {
            [KnowledgeMemoryTrigger("urgency", Project = "warehouse")]
            get => order.StartsWith('!');
        }

        [MilestoneMemoryTrigger("made", Project = "warehouse")]
        public static string Make(int number) => $"order{number}";
    }

    extension<TItem>(IReadOnlyList<TItem> items)
    {
        [IssueMemoryTrigger("ISS-0001", Project = "warehouse")]
        public TItem First<TOther>(TOther other)
            where TOther : notnull => items[0];
    }
}
