using MemoryTriggers.Backends.Sqlite;
using MemoryTriggers.Ranking;
using MemoryTriggers.Runtime.Tests.Backends;

namespace MemoryTriggers.Runtime.Tests.Recall;

public sealed class PorterStemmerTests
{
    private const string Endings = """
        caresses ponies ties cats feed agreed plastered bled motoring sing conflated troubled sized hopping tanned falling
        hissing fizzed failing filing happy sky relational conditional rational valenci hesitanci digitizer conformabli radicalli
        differentli vileli analogousli vietnamization predication operator feudalism decisiveness hopefulness callousness formaliti
        sensitiviti sensibiliti triplicate formative formalize electriciti electrical hopeful goodness revival allowance inference
        airliner gyroscopic adjustable defensible irritant replacement adjustment dependent adoption communism activate
        angulariti effective bowdlerize probate rate cease controll roll pushed pushing pushes deployment deployments migrated
        databases failures retried retries yields analyses timeouts is as ties dying skies generalizations oscillators archaeology
        possibly homologou homologous rejection rejected authentication caching queries querying indices yesterday
        """;

    /// <summary>SQLite's own tokenizer is the reference: the ranker must see the same stems as the index.</summary>
    [Fact]
    public void Stem_ManyEndings_AgreesWithSqlite()
    {
        using var file = new SqliteFile();
        using var session = EntryDatabase.OpenWriter(file.Options);
        session.Execute("CREATE VIRTUAL TABLE t USING fts5 (x, tokenize='porter unicode61 remove_diacritics 2')");
        session.Execute("CREATE VIRTUAL TABLE v USING fts5vocab (t, instance)");
        var words = Endings.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        foreach (var word in words) session.Prepare("INSERT INTO t (x) VALUES (?1)").Bind(1, word).Run();

        var stems = new List<string>();
        var rows = session.Prepare("SELECT term FROM v ORDER BY doc");
        while (rows.Step()) stems.Add(rows.Text(0));

        Assert.Equal(stems, words.Select(PorterStemmer.Stem));
    }
}
