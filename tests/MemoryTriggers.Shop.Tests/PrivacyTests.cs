using System.Text;
using MemoryTriggers.Shop.Tests.Running;

namespace MemoryTriggers.Shop.Tests;

/// <summary>No e-mail address, password, card, address or token of a customer is in what is remembered.</summary>
public sealed class PrivacyTests(ShopDay day)
{
    private readonly List<string> _secrets = [.. day.Script.People.SelectMany(static person => person.Secrets)];

    [Fact]
    public async Task Files_OfTheMemories_HaveNoPersonalData()
    {
        string[] files = [.. Directory.GetFiles(day.Folder, "*", SearchOption.AllDirectories).Where(static file => !IsLock(file))];
        var found = new List<string>();
        foreach (var file in files)
        {
            var content = await ReadAsync(file);
            found.AddRange(_secrets.Where(secret => Has(content, secret)).Select(secret => $"{secret} in {Path.GetFileName(file)}"));
        }

        Assert.Contains(files, static file => Path.GetFileName(file) == "memory.db");
        Assert.Contains(files, static file => file.Contains("journal", StringComparison.Ordinal));
        Assert.Empty(found);
    }

    [Fact]
    public void Memories_AndLog_HaveNoPersonalData()
    {
        var texts = day.Memories.Select(static entry => entry.ToString() + entry.Value).Concat(day.Log);

        Assert.NotEmpty(day.Log);
        Assert.DoesNotContain(texts, text => _secrets.Exists(secret => text.Contains(secret, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public void Secrets_OfTheDay_AreKnownToTheTest()
    {
        // Each person: e-mail, password, card, address, and two tokens for each of two logins.
        Assert.Equal(day.Script.People.Count() * 8, _secrets.Count);
        Assert.Equal(_secrets.Count, _secrets.Distinct().Count());
    }

    // A lock has no content, and nothing else may open it.
    private static bool IsLock(string file) => Path.GetFileName(file) == "lock";

    private static bool Has(byte[] content, string secret) =>
        content.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) >= 0 || content.AsSpan().IndexOf(Encoding.Unicode.GetBytes(secret)) >= 0;

    // The shop has them open.
    private static async Task<byte[]> ReadAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, TestContext.Current.CancellationToken);
        return copy.ToArray();
    }
}
