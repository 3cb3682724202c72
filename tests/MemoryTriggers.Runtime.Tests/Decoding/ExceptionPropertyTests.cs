using System.Collections;
using MemoryTriggers.Capture;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Decoding;

/// <summary>What an exception says beside its message: captured with it, bounded, without secrets, without running code of the user's.</summary>
[Collection(nameof(ProcessWide))]
public sealed class ExceptionPropertyTests : IDisposable
{
    private readonly RecordingSink _sink = new();

    public void Dispose() => _sink.Dispose();

    [Fact]
    public void Members_OfTheException_AreCaptured()
    {
        var entry = Fail(new RuleException { Code = "E42", StatusCode = 422, Errors = [new("Email", "must be unique") { AttemptedValue = "hunter2" }] });

        var members = entry.Value.GetProperty("exception")[0].GetProperty("properties");
        Assert.Equal(("E42", 422), (members.GetProperty("Code").GetString(), members.GetProperty("StatusCode").GetInt32()));
        Assert.Equal("must be unique", members.GetProperty("Errors")[0].GetProperty("Reason").GetString());
        Assert.False(members.TryGetProperty("Computed", out _));
        Assert.DoesNotContain("hunter2", entry.Value.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("RuleException (Code: E42, StatusCode: 422, Errors: [", entry.Content, StringComparison.Ordinal);
    }

    [Fact]
    public void Data_OfTheException_IsCaptured()
    {
        var entry = Fail(new InvalidOperationException("no funds") { Data = { ["order"] = 7, ["password"] = "hunter2" } });

        var data = entry.Value.GetProperty("exception")[0].GetProperty("properties").GetProperty("Data");
        Assert.Equal((7, "[sensitive]"), (data.GetProperty("order").GetInt32(), data.GetProperty("password").GetString()));
    }

    [Fact]
    public void Data_ThatIsOverridden_IsNotRead()
    {
        var entry = Fail(new OverriddenException());

        Assert.False(entry.Value.GetProperty("exception")[0].TryGetProperty("properties", out _));
    }

    [Fact]
    public void Members_OfTheCause_AreCaptured()
    {
        var entry = Fail(new InvalidOperationException("outer", new RuleException { Code = "E42" }));

        Assert.Equal("E42", entry.Value.GetProperty("exception")[1].GetProperty("properties").GetProperty("Code").GetString());
        Assert.EndsWith("InvalidOperationException: outer <- RuleException (Code: E42)", entry.Content, StringComparison.Ordinal);
    }

    [Fact]
    public void Members_SecretsOfTheCall_AreRemoved()
    {
        var buffer = new CaptureBuffer();
        var secrets = default(CaptureSecrets);
        secrets.Add("hunter2");

        CaptureExceptionWriter.Write(buffer, CaptureField.Exception, new RuleException { Code = "refused: hunter2", Password = "other" }, ref secrets);

        var text = System.Text.Encoding.UTF8.GetString(buffer.Written);
        Assert.Contains("refused: [sensitive]", text, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", text, StringComparison.Ordinal);
        Assert.DoesNotContain("other", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Members_TooLarge_AreBoundedAndMarked()
    {
        var entry = Fail(new RuleException { Code = new string('x', 4_000), StatusCode = 1, Errors = [.. Enumerable.Repeat(new Rule(new string('n', 900), "r"), 50)] });

        var properties = entry.Value.GetProperty("exception")[0].GetProperty("properties").GetRawText();
        Assert.InRange(properties.Length, 1, CaptureFormat.MaxExceptionMembers * 2);
        Assert.Contains("[too large]", properties, StringComparison.Ordinal);
    }

    [Fact]
    public void Members_CycleOfExceptionAndObject_Ends()
    {
        var cyclic = new CyclicException();
        cyclic.Self = new Holder { Inside = cyclic };

        Assert.NotNull(Fail(cyclic).Value.GetProperty("exception")[0].GetProperty("properties").GetRawText());
    }

    private MemoryEntry Fail(Exception exception)
    {
        using (var scope = TriggerScope.Workflow("place")) scope.Fail(exception);
        return Assert.Single(_sink.Entries);
    }

    private sealed record Rule(string Member, string Reason)
    {
        public string? AttemptedValue { get; init; }
    }

    private sealed class RuleException : Exception
    {
        public string? Code { get; init; }

        public int StatusCode { get; init; }

        public List<Rule> Errors { get; init; } = [];

        public string? Password { get; init; }

        public string Computed => throw new InvalidOperationException("code of the user's");
    }

    private sealed class OverriddenException : Exception
    {
        public override string Message => "no data";

        public override IDictionary Data => throw new InvalidOperationException("code of the user's");
    }

    private sealed class CyclicException : Exception
    {
        public Holder? Self { get; set; }
    }

    private sealed class Holder
    {
        public object? Inside { get; set; }
    }
}
