using MemoryTriggers.TestKit;

namespace MemoryTriggers.Runtime.Tests.Backends;

/// <summary>The file is taken away under an open backend: what is stored then is in the file of that name.</summary>
public sealed class SqliteReplacedFileTests
{
    private static readonly MemoryQuery All = new() { AllProjects = true, Limit = 1_000 };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("delete")]
    [InlineData("rename")]
    [InlineData("replace")]
    [InlineData("delete the folder")]
    public async Task Store_FileIsGone_StoresInTheFileOfThatName(string damage)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows does not let an open file be replaced");
        using var file = new SqliteFile();
        var (before, after) = (Any.Entry("before"), Any.Entry("after"));
        await using (var backend = await file.OpenAsync())
        {
            await backend.StoreAsync([before], Token);
            await backend.CountAsync(All, Token);
            await TakeAwayAsync(file, damage);

            await backend.StoreAsync([after], Token);

            Assert.NotNull(await backend.GetAsync(after.Id, Token));
            Assert.Contains("was replaced or removed", (await backend.CheckHealthAsync(Token)).Description, StringComparison.Ordinal);
        }

        await using var again = await file.OpenAsync();
        Assert.NotNull(await again.GetAsync(after.Id, Token));
        Assert.Equal(damage == "replace" ? 2 : 1, await again.CountAsync(All, Token));
    }

    private static async Task TakeAwayAsync(SqliteFile file, string damage)
    {
        switch (damage)
        {
            case "delete": foreach (var part in Directory.GetFiles(file.Directory, "memory.db*")) File.Delete(part); break;
            case "rename": File.Move(file.Path, file.Path + ".old"); File.Delete(file.Path + "-wal"); File.Delete(file.Path + "-shm"); break;
            case "delete the folder": Directory.Delete(file.Directory, recursive: true); break;
            default:
                using (var other = new SqliteFile())
                {
                    await using (var backend = await other.OpenAsync()) await backend.StoreAsync([Any.Entry("of another")], Token);
                    foreach (var part in new[] { "-wal", "-shm" }) File.Delete(file.Path + part);
                    File.Move(other.Path, file.Path, overwrite: true);
                }

                break;
        }
    }
}
