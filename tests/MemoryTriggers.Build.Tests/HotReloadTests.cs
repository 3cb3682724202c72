using MemoryTriggers.TestKit;

namespace MemoryTriggers.Build;

/// <summary>The watcher of the SDK changes a woven method in the running program, and the program says what that means.</summary>
public sealed class HotReloadTests
{
    [Fact]
    public async Task HotReload_OfAWovenMethod_WarnsThatItIsNotCaptured()
    {
        using var data = new TemporaryDirectory();
        using var folder = new UserFolder();
        folder.AddProject("Program", Source.Waiting, UserFolder.RuntimeReference, "<OutputType>Exe</OutputType><UseAppHost>true</UseAppHost>");
        (await Dotnet.RunAsync(folder.File("Program"), "restore")).MustHaveRestored();
        using var program = new WatchedProgram(folder.File("Program"), data.Path);
        await program.WaitForAsync("answer: 3", "Waiting for changes");

        folder.Write("Program/Program.cs", Source.Waiting.Replace("return 3", "return 4", StringComparison.Ordinal));

        await program.WaitForAsync("A hot reload changed Shop.Waiter");
    }
}
