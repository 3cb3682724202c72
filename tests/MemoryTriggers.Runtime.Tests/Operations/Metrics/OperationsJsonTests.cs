using System.Text;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Operations;

/// <summary>Every key with its value, in its order: programs read them.</summary>
public sealed class OperationsJsonTests
{
    [Fact]
    public void Metrics_WithEveryValue_AreTheApprovedText() => Verify("metrics", OperationsSample.FullMetrics.ToJson());

    [Fact]
    public void Metrics_WithAsFewAsThereCanBe_AreTheApprovedText() => Verify("metrics-least", OperationsSample.LeastMetrics.ToJson());

    [Fact]
    public void Health_WithEveryValue_IsTheApprovedText() => Verify("health", OperationsSample.FullHealth.ToJson());

    [Fact]
    public void Health_WithoutMetrics_IsTheApprovedText() => Verify("health-least", OperationsSample.LeastHealth.ToJson());

    [Fact]
    public void Alert_Raised_HasItsKeys() => Assert.Equal(
        """{"id":"a-1","kind":"queue_age","state":"raised","message":"the queue is 2.5 s old","value":2.5,"threshold":1""" +
        ""","raised_at":"2026-11-22T09:10:00.125+00:00","resolved_at":null}""",
        Encoding.UTF8.GetString(AlertJson.Write(OperationsSample.Alert(resolvedAt: null))));

    private static void Verify(string name, string json) =>
        Approval.Verify(json, Path.Combine(RepositoryRoot.Path, "tests", "MemoryTriggers.Runtime.Tests", "Operations", "Metrics"), name);
}
