using MemoryTriggers.TestKit;

namespace MemoryTriggers.Problems;

public sealed class ProblemLogTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly ManualTimeProvider _time = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Report_IsOpenUntilItIsAcknowledged_InOtherProcessesToo()
    {
        Log().Report("held.db was damaged");
        _time.Advance(TimeSpan.FromMinutes(1));
        Log().Report("rates.db was damaged");
        Log().Report("held.db was damaged");

        Assert.Equal(["held.db was damaged", "rates.db was damaged"], Log().Open().Select(static problem => problem.Text));
        var first = Log().Open()[0];
        Assert.Contains($"health acknowledge {first.Id}", first.ToString(), StringComparison.Ordinal);
        Assert.Equal([first], Log().Acknowledge(first.Id));
        Assert.Equal("rates.db was damaged", Assert.Single(Log().Open()).Text);
        Assert.Empty(Log().Acknowledge(first.Id));
        Assert.Single(Log().Acknowledge());
        Assert.Empty(Log().Open());
    }

    [Fact]
    public void Report_AfterItWasAcknowledged_IsOpenAgain()
    {
        Log().Report("held.db was damaged");
        Log().Acknowledge();

        Log().Report("held.db was damaged");

        Assert.Single(Log().Open());
    }

    [Fact]
    public void Report_OfMoreThanAreKept_SaysThatThereAreMore()
    {
        var log = Log();
        for (var number = 0; number < ProblemLog.MaxProblems + 10; number++) log.Report($"problem {number}");

        Assert.Equal(ProblemLog.MaxProblems + 1, log.Open().Count);
        Assert.Contains(log.Open(), static problem => problem.Text.Contains("more problems", StringComparison.Ordinal));
    }

    [Fact]
    public void Report_FolderCannotBeMade_IsKnownToThisProcess()
    {
        File.WriteAllText(Path.Combine(_directory.Path, ProblemLog.FolderName), "a file");
        var log = Log();

        log.Report("held.db was damaged");

        Assert.Single(log.Open());
        Assert.Single(log.Acknowledge());
        Assert.Empty(log.Open());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{\"Id\":\"x\"}")]
    public void Open_FileCannotBeRead_IsAProblemAllTheSame(string content)
    {
        Log().Report("held.db was damaged");
        File.WriteAllText(Assert.Single(Directory.GetFiles(Path.Combine(_directory.Path, ProblemLog.FolderName))), content);

        Assert.Contains("cannot be read", Assert.Single(Log().Open()).Text, StringComparison.Ordinal);
        Assert.Single(Log().Acknowledge());
        Assert.Empty(Log().Open());
    }

    [Theory]
    [InlineData("../../memory.db")]
    [InlineData("")]
    [InlineData("*")]
    public void Acknowledge_OfNoSuchId_DeletesNothing(string id)
    {
        Log().Report("held.db was damaged");

        Assert.Empty(Log().Acknowledge(id));
        Assert.Single(Log().Open());
    }

    private ProblemLog Log() => ProblemLog.At(_directory.Path, _time);
}
