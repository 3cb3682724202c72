using System.CommandLine;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Commands;

/// <summary>What is remembered of commands, with a sink in the place of a runtime.</summary>
public sealed class CommandMemoryTests : IDisposable
{
    private readonly RecordingSink _sink = new();
    private readonly Option<string> _branch = new("--branch", "-b");
    private readonly Option<string> _password = new("--password");
    private readonly Option<string> _database = new("--database");
    private readonly Option<bool> _force = new("--force");
    private readonly Option<bool> _verbose = new("--verbose") { Recursive = true };
    private readonly Option<int> _retries = new("--retries") { DefaultValueFactory = static _ => 3 };
    private readonly Argument<string> _target = new("target") { Arity = ArgumentArity.ZeroOrOne };
    private readonly Command _deploy;
    private readonly RootCommand _root;

    public CommandMemoryTests()
    {
        _deploy = new Command("deploy") { _branch, _password, _database, _force, _retries, _target };
        _root = new RootCommand { new Command("site") { _deploy }, _verbose };
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _sink.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Command_ThatSucceeds_IsAMemoryWithItsWords(bool isAsynchronous)
    {
        SetAction(isAsynchronous, static () => 0);

        Assert.Equal(0, await RunAsync("site deploy west -b main --force --verbose"));

        var entry = Assert.Single(_sink.Entries);
        Assert.EndsWith(" site deploy", entry.Key, StringComparison.Ordinal);
        Assert.Equal($"Command {entry.Key} succeeded", entry.Content);
        Assert.Equal((TriggerOutcome.Success, "cli"), (entry.Outcome, entry.Source));
        Assert.Contains("cli", entry.Tags);
        var metadata = entry.Value.GetProperty("metadata");
        Assert.Equal(0, metadata.GetProperty("exit_code").GetInt32());
        Assert.Equal(
            ["exit_code=0", "option.branch=main", "option.force=true", "option.verbose=true", "argument.target=west"],
            metadata.EnumerateObject().Select(static property => $"{property.Name}={property.Value}").OrderByDescending(static text => text[0] == 'e').ThenByDescending(static text => text[0]).ThenBy(static text => text));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Command_OfTwoParents_IsOneMemoryARun(bool isAsynchronous)
    {
        SetAction(isAsynchronous, static () => 0);
        _root.Subcommands.Add(new Command("app") { _deploy });

        await RunAsync("app deploy");

        Assert.Single(_sink.Entries);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Command_WithAnotherExitCode_HasFailed(bool isAsynchronous)
    {
        SetAction(isAsynchronous, static () => 7);

        Assert.Equal(7, await RunAsync("site deploy"));

        var entry = Assert.Single(_sink.Entries);
        Assert.Equal(TriggerOutcome.Failure, entry.Outcome);
        Assert.EndsWith("ended with exit code 7", entry.Content, StringComparison.Ordinal);
        Assert.Equal(7, entry.Value.GetProperty("metadata").GetProperty("exit_code").GetInt32());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Command_ThatThrows_IsRememberedAndThrowsTheSame(bool isAsynchronous)
    {
        var thrown = new InvalidOperationException("refused hunter2");
        SetAction(isAsynchronous, () => throw thrown);

        var caught = await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync("site deploy --password hunter2"));

        Assert.Same(thrown, caught);
        var entry = Assert.Single(_sink.Entries);
        Assert.Equal(TriggerOutcome.Failure, entry.Outcome);
        Assert.Contains("failed: InvalidOperationException: refused [sensitive]", entry.Content, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", entry.Value.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_WithSecrets_KeepsTheirNamesOnly()
    {
        SetAction(true, static () => 0, options => options.Sensitive.Add("branch"));

        await RunAsync("site deploy --password hunter2 --branch topsecret --database Host=db;Password=tiger");

        var metadata = Assert.Single(_sink.Entries).Value.GetProperty("metadata");
        Assert.Equal("[sensitive]", metadata.GetProperty("option.password").GetString());
        Assert.Equal("[sensitive]", metadata.GetProperty("option.branch").GetString());
        Assert.Equal("Host=db;Password=[sensitive]", metadata.GetProperty("option.database").GetString());
    }

    [Fact]
    public async Task Command_WithoutValues_KeepsNamesOnly()
    {
        SetAction(true, static () => 0, static options => options.IncludeValues = false);

        await RunAsync("site deploy --branch main");

        Assert.Equal("given", Assert.Single(_sink.Entries).Value.GetProperty("metadata").GetProperty("option.branch").GetString());
    }

    [Fact]
    public async Task Command_ThatOpensAScope_IsItsParent()
    {
        SetAction(false, static () =>
        {
            TriggerScope.Workflow("step").Dispose();
            return 0;
        });

        await RunAsync("site deploy");

        var (step, command) = (_sink.Entries[0], _sink.Entries[1]);
        Assert.Equal(command.Id, step.ParentId);
    }

    [Fact]
    public async Task Command_ThatIsCanceled_IsNoFailure()
    {
        _deploy.SetAction(static (_, _) => Task.FromException<int>(new OperationCanceledException()));
        _root.UseMemoryTriggers();

        await Assert.ThrowsAsync<OperationCanceledException>(() => RunAsync("site deploy"));

        Assert.Equal(TriggerOutcome.Canceled, Assert.Single(_sink.Entries).Outcome);
    }

    [Theory]
    [InlineData("site deploy --bransh main")]
    [InlineData("site")]
    [InlineData("--help")]
    public async Task ParseErrorsAndHelp_AreNotRemembered(string typed)
    {
        SetAction(true, static () => 0);

        await RunAsync(typed);

        Assert.Empty(_sink.Entries);
    }

    [Fact]
    public async Task ParseErrors_WhenAskedFor_AreRememberedWithoutTheWrongWords()
    {
        SetAction(true, static () => 0);

        await _root.Parse("site deploy --pasword hunter2 x y").RememberParseErrorsAsync(Token);
        await _root.Parse("site deploy").RememberParseErrorsAsync(Token);

        var entry = Assert.Single(_sink.Entries);
        Assert.EndsWith("site deploy was not understood", entry.Content, StringComparison.Ordinal);
        Assert.Equal(TriggerOutcome.Failure, entry.Outcome);
        Assert.DoesNotContain("pasword", entry.Value.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task UseMemoryTriggers_Twice_RemembersOnce()
    {
        SetAction(true, static () => 0);
        _root.UseMemoryTriggers();

        await RunAsync("site deploy");

        Assert.Single(_sink.Entries);
    }

    private void SetAction(bool isAsynchronous, Func<int> action, Action<CommandMemoryOptions>? configure = null)
    {
        if (isAsynchronous)
        {
            _deploy.SetAction(async (_, _) =>
            {
                await Task.Yield();
                return action();
            });
        }
        else _deploy.SetAction(_ => action());
        _root.UseMemoryTriggers(configure);
    }

    private Task<int> RunAsync(string typed) => _root.Parse(typed).InvokeAsync(
        new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = TextWriter.Null, Error = TextWriter.Null }, Token);
}
