using MemoryTriggers.Capture;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Decoding;

/// <summary>Bytes that are no record, or a damaged one: an error of our own, never another, never a hang.</summary>
[Collection(nameof(ProcessWide))]
public sealed class CaptureDecoderTests
{
    [Fact]
    public void Decode_Empty_IsRefused() => Assert.Throws<CaptureFormatException>(static () => CaptureDecoder.Decode([]));

    [Fact]
    public void Decode_VersionOfTheFuture_IsRefused()
    {
        var bytes = Record();
        bytes[0] = 99;

        Assert.Contains("version 99", Assert.Throws<CaptureFormatException>(() => CaptureDecoder.Decode(bytes)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_CutAnywhere_IsReadOrRefused()
    {
        var bytes = Record();

        for (var length = 0; length < bytes.Length; length++) ReadOrRefuse(bytes[..length]);
    }

    [Fact]
    public void Decode_EveryByteChanged_IsReadOrRefused()
    {
        var bytes = Record();

        for (var at = 0; at < bytes.Length; at++)
        {
            foreach (byte value in (ReadOnlySpan<byte>)[0, 1, 14, 15, 127, 128, 255])
            {
                var damaged = (byte[])bytes.Clone();
                damaged[at] = value;
                ReadOrRefuse(damaged);
            }
        }
    }

    [Fact]
    public void Decode_RandomBytesBehindTheHead_AreReadOrRefused()
    {
        var random = new Random(20261120);
        var head = Record()[..CaptureHead.Size];

        for (var run = 0; run < 20_000; run++)
        {
            var body = new byte[random.Next(0, 200)];
            random.NextBytes(body);
            ReadOrRefuse([.. head, .. body]);
        }
    }

    private static void ReadOrRefuse(byte[] bytes)
    {
        try
        {
            var record = CaptureDecoder.Decode(bytes);
            Assert.NotNull(new MemoryComposer(null).Compose(record, null));
        }
        catch (CaptureFormatException refused)
        {
            Assert.NotEmpty(refused.Message);
        }
    }

    private static byte[] Record()
    {
        using var sink = new RecordingSink();
        using (var scope = TriggerScope.Workflow("op", project: "p", workflowType: "t"))
        {
            scope.AddMetadata("object", new { A = 1, B = "two", C = new[] { 1.5m } }).AddMetadata("time", DateTimeOffset.UnixEpoch).AddTags("x");
            scope.Fail(new InvalidOperationException("outer", new IOException("inner")));
        }

        return sink.Records[0].Bytes;
    }
}
