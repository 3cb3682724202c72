using MemoryTriggers.Problems;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Sqlite;

public sealed class SideDatabaseTests : IDisposable
{
    private static readonly SideSchema Schema = new(
        "the database of numbers", "numbers are lost", 0x4D54FFFF,
        "CREATE TABLE IF NOT EXISTS number (value INTEGER PRIMARY KEY, text TEXT NOT NULL)", new SideTable("number", "value, text"));

    private readonly TemporaryDirectory _directory = new();

    private string File_ => Path.Combine(_directory.Path, "numbers.db");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Write_FileIsDeletedWhileOpen_WritesEverythingAgain()
    {
        using var database = Open();
        for (var number = 0; number < 10; number++) Add(database, number);
        Delete();

        Add(database, 10);

        Assert.Equal(11, Numbers(database).Count);
        using var other = Open();
        Assert.Equal(11, Numbers(other).Count);
        Assert.Contains("deleted or replaced", Assert.Single(Problems()), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_FileIsDeletedWhileOpen_KeepsWhatWasThere()
    {
        using var database = Open();
        for (var number = 0; number < 10; number++) Add(database, number);
        Delete();

        Assert.Equal(10, Numbers(database).Count);

        using var other = Open();
        Assert.Equal(10, Numbers(other).Count);
    }

    [Fact]
    public void Write_FolderIsDeletedWhileOpen_ThrowsAndWorksWhenItIsThereAgain()
    {
        Directory.CreateDirectory(Path.Combine(_directory.Path, "inner"));
        using var database = new SideDatabase(
            Path.Combine(_directory.Path, "inner", "numbers.db"), Schema, ProblemLog.At(_directory.Path, TimeProvider.System), TimeProvider.System);
        Add(database, 1);
        Directory.Delete(Path.Combine(_directory.Path, "inner"), recursive: true);

        Assert.ThrowsAny<Exception>(() => Add(database, 2));
        Directory.CreateDirectory(Path.Combine(_directory.Path, "inner"));
        Add(database, 3);

        Assert.Contains(3, Numbers(database));
    }

    [Fact]
    public void Write_PagesAreDamagedWhileOpen_SavesTheRestAndGoesOn()
    {
        using (var before = Open())
        {
            for (var number = 0; number < 2_000; number++) Add(before, number);
        }

        using var database = Open();
        Assert.Equal(2_000, Numbers(database).Count);
        using (var file = new FileStream(File_, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
        {
            file.Position = 4096 * 10;
            file.Write(new byte[4096 * 3]);
        }

        using var after = Open();
        Add(after, 5_000);

        Assert.InRange(Numbers(after).Count, 1_200, 2_000);
        Assert.Contains("entries were saved", Assert.Single(Problems()), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_DatabaseOfSomethingElse_IsSetAside()
    {
        using (var other = new SideDatabase(File_, Schema with { Id = 7 }, ProblemLog.At(null, TimeProvider.System), TimeProvider.System))
            Add(other, 1);

        using var database = Open();
        Add(database, 2);

        Assert.Equal([1, 2], Numbers(database));
        Assert.Contains("another database", Assert.Single(Problems()), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_WorkThrows_LeavesNothingAndRuns()
    {
        using var database = Open();

        Assert.Throws<InvalidOperationException>(() => database.Write(session =>
        {
            session.Execute("INSERT INTO number VALUES (1, 'one')");
            throw new InvalidOperationException();
        }));

        Assert.Empty(Numbers(database));
        Add(database, 2);
        Assert.Equal([2], Numbers(database));
    }

    private SideDatabase Open() => new(File_, Schema, ProblemLog.At(_directory.Path, TimeProvider.System), TimeProvider.System);

    private IEnumerable<string> Problems() =>
        ProblemLog.At(_directory.Path, TimeProvider.System).Open().Select(static problem => problem.Text);

    private void Delete()
    {
        foreach (var file in Directory.GetFiles(_directory.Path, "numbers.db*")) File.Delete(file);
    }

    private static void Add(SideDatabase database, int number) => database.Write(session =>
        session.Prepare("INSERT INTO number VALUES (?1, ?2)").Bind(1, (long)number).Bind(2, new string('x', 100)).Run());

    private static List<long> Numbers(SideDatabase database) => database.Read(static session =>
    {
        var found = new List<long>();
        var row = session.Prepare("SELECT value FROM number ORDER BY value");
        while (row.Step()) found.Add(row.Int64(0));
        row.Reset();
        return found;
    });
}
