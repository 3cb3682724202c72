using MemoryTriggers.Cli.Tool;
using MemoryTriggers.Delivery.Sampling;
using MemoryTriggers.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using MemoryTriggers.Problems;

namespace MemoryTriggers.Cli.Reports;

[Collection(nameof(ProcessWide))]
public sealed class ReportTests : IDisposable
{
    private readonly ToolFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Stats_Filtered_CountsWhatFits()
    {
        await _folder.StoreAsync(Any.Entry() with { Category = "error", Outcome = TriggerOutcome.Failure }, Any.Entry() with { Category = "error" }, Any.Entry() with { Category = "pattern" });

        var stats = await _folder.RunAsync("stats", "--category", "error", "-f", "json");

        Assert.Equal(2, stats.Json.GetProperty("total").GetInt64());
        Assert.Equal(1, stats.Json.GetProperty("by_outcome").GetProperty("failure").GetInt64());
        Assert.Equal(["error"], stats.Json.GetProperty("by_category").EnumerateObject().Select(static category => category.Name));
    }

    [Fact]
    public async Task Stats_OperationsOfBroadTriggers_AreCounted()
    {
        await _folder.StoreAsync(Any.Entry());
        using (var rates = new OperationRates(_folder.Data, ProblemLog.At(null, TimeProvider.System), TimeProvider.System, NullLogger.Instance))
        {
            rates.TryAdd([Execution("a", 4, isFailure: false), Execution("a", 8, isFailure: true), Execution("b", 1, isFailure: false)], []);
        }

        var stats = await _folder.RunAsync("stats", "-f", "json");
        var filtered = await _folder.RunAsync("stats", "--category", "error", "-f", "json");
        var text = await _folder.RunAsync("stats");

        var operations = stats.Json.GetProperty("operations").EnumerateArray().ToList();
        Assert.Equal(["a", "b"], operations.Select(static operation => operation.GetProperty("operation").GetString()));
        Assert.Equal((2, 1, 6.0, 8.0), (operations[0].GetProperty("executions").GetInt64(), operations[0].GetProperty("failures").GetInt64(),
            operations[0].GetProperty("mean_ms").GetDouble(), operations[0].GetProperty("longest_ms").GetDouble()));
        Assert.Equal(2, operations[0].GetProperty("by_hour").EnumerateArray().Single().GetProperty("executions").GetInt64());
        Assert.Empty(filtered.Json.GetProperty("operations").EnumerateArray());
        Assert.Contains("executions", text.Output, StringComparison.Ordinal);

        static CountedExecution Execution(string key, double milliseconds, bool isFailure) => new(Guid.NewGuid(),
            new OperationName("shop", key), DateTimeOffset.UtcNow, TimeSpan.FromMilliseconds(milliseconds), isFailure, isFailure);
    }

    [Fact]
    public async Task Health_ProblemThatStays_IsReportedUntilItIsAcknowledged()
    {
        await _folder.StoreAsync(Any.Entry());
        ProblemLog.At(_folder.Data, TimeProvider.System).Report("held.db was damaged");

        var before = await _folder.RunAsync("health");
        var unknown = await _folder.RunAsync("health", "acknowledge", "00000000");
        var acknowledged = await _folder.RunAsync("health", "acknowledge", "-f", "json");
        var after = await _folder.RunAsync("health");

        Assert.Equal(3, before.ExitCode);
        Assert.Contains("held.db was damaged", before.Output, StringComparison.Ordinal);
        Assert.NotEqual(0, unknown.ExitCode);
        Assert.Single(acknowledged.Json.GetProperty("acknowledged").EnumerateArray());
        Assert.Equal(0, after.ExitCode);
    }

    [Fact]
    public async Task Stats_CountsThatAreDamaged_AreLeftAsTheyAre_AndSaid()
    {
        await _folder.StoreAsync(Any.Entry());
        var path = Path.Combine(_folder.Data, OperationRates.FileName);
        await File.WriteAllTextAsync(path, "this is no database, and long enough for the header of one", TestContext.Current.CancellationToken);

        var stats = await _folder.RunAsync("stats", "-f", "json");

        Assert.Equal(0, stats.ExitCode);
        Assert.Equal(1, stats.Json.GetProperty("total").GetInt64());
        Assert.Contains("cannot be read", stats.Error, StringComparison.Ordinal);
        Assert.Equal([path], Directory.GetFiles(_folder.Data, OperationRates.FileName + "*"));
    }

    [Fact]
    public async Task Status_FolderOfALivingProgram_CountsAllOfIt()
    {
        await _folder.StoreAsync(Any.Entry(), Any.Entry());
        await FolderOfAProgram.RefuseAsync(_folder.Data, "push");
        await using var program = await FolderOfAProgram.StartWithoutStoreAsync(_folder.Data, records: 3);

        var status = await _folder.RunAsync("status", "-f", "json");

        Assert.Equal(0, status.ExitCode);
        Assert.Equal(2, status.Json.GetProperty("store").GetProperty("memories").GetInt64());
        Assert.Equal(1, status.Json.GetProperty("processes").GetInt32());
        Assert.Equal(3, status.Json.GetProperty("pending").GetInt64());
        Assert.Equal(1, status.Json.GetProperty("dead_letters").GetInt32());
    }

    [Fact(Timeout = 120_000)]
    public async Task StatusAndHealth_StoreOfALivingProgramIsAway_ShowItsCircuit()
    {
        await _folder.StoreAsync(Any.Entry());
        await using var program = await FolderOfAProgram.StartOnAChainAsync(_folder.Data);

        var before = await _folder.RunAsync("health", "--service", "memory", "--detailed", "-f", "json");
        await FolderOfAProgram.OpenCircuitAsync(program, _folder.Data);
        var status = await _folder.RunAsync("status", "-f", "json");
        var screen = await _folder.RunAsync("status");
        var health = await _folder.RunAsync("health", "--service", "memory", "--detailed", "-f", "json");

        var circuits = Assert.Single(status.Json.GetProperty("reliability").EnumerateArray()).GetProperty("circuit_breakers");
        Assert.Equal(["open", "closed"], circuits.EnumerateObject().Select(static circuit => circuit.Value.GetProperty("state").GetString()));
        Assert.Equal(1, circuits.GetProperty("first").GetProperty("consecutive_failures").GetInt64());
        Assert.Contains("failures in a row", screen.Output, StringComparison.Ordinal);
        Assert.Equal((0, 3), (before.ExitCode, health.ExitCode));
        Assert.Equal(
            ["circuit of first, journal 0: False", "circuit of second, journal 0: True", "reliability, journal 0: True"],
            health.Json.GetProperty("checks").EnumerateArray().Where(static check => check.GetProperty("name").GetString()!.EndsWith("journal 0", StringComparison.Ordinal) && check.GetProperty("name").GetString() != "journal 0")
                .Select(static check => $"{check.GetProperty("name")}: {check.GetProperty("healthy")}"));
    }

    [Fact]
    public async Task Health_AnotherService_IsWrongUsage() =>
        Assert.Equal(2, (await _folder.RunAsync("health", "--service", "search")).ExitCode);

    [Fact]
    public async Task Health_AllIsWell_EndsWithZero()
    {
        await _folder.StoreAsync(Any.Entry());

        var health = await _folder.RunAsync("health", "--deep", "-f", "json");

        Assert.Equal(0, health.ExitCode);
        Assert.Equal("healthy", health.Json.GetProperty("status").GetString());
        Assert.Contains("integrity", health.Json.GetProperty("checks").EnumerateArray().Select(static check => check.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task Health_DeadLetters_EndsWithThreeAndSaysSo()
    {
        await _folder.StoreAsync(Any.Entry());
        await FolderOfAProgram.RefuseAsync(_folder.Data, "push");

        var health = await _folder.RunAsync("health", "-f", "json");

        Assert.Equal(3, health.ExitCode);
        var bad = Assert.Single(health.Json.GetProperty("checks").EnumerateArray(), static check => !check.GetProperty("healthy").GetBoolean());
        Assert.Equal("dead letters", bad.GetProperty("name").GetString());
    }

    [Fact]
    public async Task Doctor_WovenAssembly_IsToldFromOneThatWasNot()
    {
        await _folder.StoreAsync(Any.Entry());
        var woven = typeof(CommandTree).Assembly.Location;
        var unwoven = _folder.File("unwoven.dll");
        await File.WriteAllBytesAsync(unwoven, Unwoven(await File.ReadAllBytesAsync(woven, TestContext.Current.CancellationToken)), TestContext.Current.CancellationToken);

        var doctor = await _folder.RunAsync("doctor", "--assemblies", woven, "--assemblies", unwoven, "-f", "json");

        Assert.Equal(3, doctor.ExitCode);
        var found = doctor.Json.GetProperty("checks").EnumerateArray().ToDictionary(static check => check.GetProperty("name").GetString()!, static check => check.GetProperty("healthy").GetBoolean());
        Assert.True(found["memory-triggers.dll"]);
        Assert.False(found["unwoven.dll"]);
        Assert.True(found["integrity"]);
    }

    [Fact]
    public async Task Doctor_FileOfAnEarlierVersion_IsToldWithTheCommandThatMendsIt()
    {
        if (OperatingSystem.IsWindows()) return;
        Directory.Delete(_folder.Data);
        await FolderOfAProgram.RefuseAsync(_folder.Data, "push");
        await _folder.StoreAsync(Any.Entry());
        var well = await AccessAsync();

        File.SetUnixFileMode(Path.Combine(_folder.Data, "memory.db"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        var ill = await AccessAsync();

        Assert.True(well.GetProperty("healthy").GetBoolean(), well.ToString());
        Assert.False(ill.GetProperty("healthy").GetBoolean());
        Assert.Contains("memory.db", ill.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Contains($"chmod -R go= {_folder.Data}", ill.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_OfTheTool_AreForTheirUserAlone()
    {
        if (OperatingSystem.IsWindows()) return;
        await _folder.StoreAsync(Any.Entry());

        await _folder.RunAsync("memory", "export", "--output", _folder.File("export.jsonl"));
        await _folder.RunAsync("backup", "--output", _folder.File("backup.db"));
        await _folder.RunAsync("generate", "--output", _folder.File("memory.yaml"));

        foreach (var name in (string[])["export.jsonl", "backup.db", "memory.yaml"])
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.File(name)));
    }

    private async Task<System.Text.Json.JsonElement> AccessAsync() => (await _folder.RunAsync("doctor", "-f", "json"))
        .Json.GetProperty("checks").EnumerateArray().Single(static check => check.GetProperty("name").GetString() == "access");

    // The mark is a method that returns true; here it returns false again.
    private static byte[] Unwoven(byte[] assembly)
    {
        using var file = new System.Reflection.PortableExecutable.PEReader(new MemoryStream(assembly));
        var metadata = System.Reflection.Metadata.PEReaderExtensions.GetMetadataReader(file);
        var mark = metadata.TypeDefinitions.Select(metadata.GetTypeDefinition).First(type => metadata.GetString(type.Name) == "WeavingMark");
        var method = mark.GetMethods().Select(metadata.GetMethodDefinition).First(method => metadata.GetString(method.Name) == "IsWoven");
        var changed = (byte[])assembly.Clone();
        var section = file.PEHeaders.SectionHeaders[file.PEHeaders.GetContainingSectionIndex(method.RelativeVirtualAddress)];
        var body = changed.AsSpan(method.RelativeVirtualAddress - section.VirtualAddress + section.PointerToRawData, 16);
        body[body.IndexOf((byte)0x17)] = 0x16;
        return changed;
    }
}
