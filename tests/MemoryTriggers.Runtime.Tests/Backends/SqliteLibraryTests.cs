using MemoryTriggers.Sqlite;

namespace MemoryTriggers.Runtime.Tests.Backends;

public class SqliteLibraryTests
{
    // Versions 3.7.0 to 3.51.2 can corrupt a write-ahead log that is reset while another connection writes.
    private const int FirstSafeVersion = 3_051_003;

    [Fact]
    public void Initialize_Always_LoadsAVersionWithoutTheResetFault()
    {
        SqliteLibrary.Initialize();

        Assert.True(SQLitePCL.raw.sqlite3_libversion_number() >= FirstSafeVersion, SQLitePCL.raw.sqlite3_libversion().utf8_to_string());
    }

    [Fact]
    public void Initialize_OnLinux_LoadsTheBundledLibraryAndNotTheSystems()
    {
        SqliteLibrary.Initialize();
        _ = SQLitePCL.raw.sqlite3_libversion_number();
        if (!OperatingSystem.IsLinux()) Assert.Skip("The list of loaded libraries is read from /proc, which only Linux has.");

        var loaded = File.ReadLines("/proc/self/maps")
            .Where(static line => line.Contains("sqlite3.so", StringComparison.Ordinal))
            .Select(static line => Path.GetFileName(line[line.IndexOf('/', StringComparison.Ordinal)..]))
            .Distinct();

        Assert.Equal(["libe_sqlite3.so"], loaded);
    }

    [Fact]
    public void Initialize_Always_OffersFullTextWithSecureDelete()
    {
        using var file = new SqliteFile();

        file.Execute("CREATE VIRTUAL TABLE word USING fts5(content)");
        file.Execute("INSERT INTO word(word, rank) VALUES('secure-delete', 1)");

        Assert.Equal(1L, file.Execute("SELECT v FROM word_config WHERE k = 'secure-delete'"));
    }
}
