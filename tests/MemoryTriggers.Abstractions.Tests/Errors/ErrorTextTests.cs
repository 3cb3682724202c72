using System.Diagnostics;

namespace MemoryTriggers.Errors;

public sealed class ErrorTextTests
{
    [Theory]
    [InlineData("Timeout after 30 s", "Timeout after <number> s")]
    [InlineData("Took 81.2ms of 1,000.5 ms", "Took <number>ms of <number> ms")]
    [InlineData("Order 6f9619ff-8b86-d011-b42d-00c04fc964ff is gone", "Order <id> is gone")]
    [InlineData("Since 2026-01-02 03:04:05.678 or 2026-01-02T03:04:05+01:00", "Since <time> or <time>")]
    [InlineData("At 3:04 or 23:59:59.9", "At <time> or <time>")]
    [InlineData("Could not reach https://shop.example.com:8443/orders?id=1 now", "Could not reach <url> now")]
    [InlineData("Connect to 10.0.0.7:5432 refused", "Connect to <address> refused")]
    [InlineData("Could not find file '/tmp/x y/a.txt'.", "Could not find file '<path>'.")]
    [InlineData("Could not find C:\\data\\a.txt", "Could not find <path>")]
    [InlineData("Access violation at 0x7fff12", "Access violation at <number>")]
    [InlineData("Commit deadbeef12 of a1b2c3d4e5f6", "Commit <number> of <number>")]
    [InlineData("The word decade is no number, and neither is facade", "The word decade is no number, and neither is facade")]
    [InlineData("two\r\n  lines\tand tabs ", "two lines and tabs")]
    [InlineData("ISS-0124 and/or login_2", "ISS-<number> and/or login_<number>")]
    [InlineData("", "")]
    public void Normalize_WhatChanges_IsReplaced(string message, string expected) => Assert.Equal(expected, ErrorMessage.Normalize(message));

    [Theory]
    [InlineData('/')]
    [InlineData('1')]
    [InlineData('a')]
    [InlineData('.')]
    [InlineData('-')]
    [InlineData(':')]
    [InlineData(' ')]
    [InlineData('\\')]
    public void Normalize_HostileMessage_Ends(char character)
    {
        var message = new string(character, 1_000_000) + "x://" + string.Concat(Enumerable.Repeat("1.", 1_000));

        Assert.InRange(ErrorMessage.Normalize(message).Length, 0, 4_000);
    }

    [Theory]
    [InlineData("   at Shop.Orders.Place(Order order) in /src/Orders.cs:line 12", "Shop.Orders.Place")]
    [InlineData("   at System.IO.File.Open(String path)\n   at Shop.Files.Read()", "Shop.Files.Read")]
    [InlineData("   at System.IO.File.Open(String path)\n   at System.IO.File.ReadAllText(String path)", "System.IO.File.Open")]
    [InlineData("   at Shop.Orders.<>c__DisplayClass3_0.<Place>b__1(Order order)", "Shop.Orders.Place.lambda")]
    [InlineData("   at Shop.Orders.<>c.<Place>b__12_4(Order order)", "Shop.Orders.Place.lambda")]
    [InlineData("   at Shop.Orders.<>c.<<Place>b__0_0>d.MoveNext()", "Shop.Orders.Place.lambda")]
    [InlineData("   at Shop.Orders.<PlaceAsync>d__5.MoveNext()", "Shop.Orders.PlaceAsync")]
    [InlineData("   at Shop.Orders.<PlaceAsync>d__5`2.MoveNext()", "Shop.Orders.PlaceAsync")]
    [InlineData("   at Shop.Orders.<Place>g__Check|3_0(Int32 id)", "Shop.Orders.Place.Check")]
    [InlineData("   at Shop.Box`1.Open[TKey](TKey key)", "Shop.Box.Open")]
    [InlineData("   at Shop.Box`1.Open[TKey,TValue](Dictionary`2 map)", "Shop.Box.Open")]
    [InlineData("   at Shop.Orders.<Place>body(Order order)", "Shop.Orders.Place")]
    [InlineData("   at Shop.Orders..ctor(Order order)", "Shop.Orders.ctor")]
    [InlineData("   at Program.<Main>$(String[] args)", "Program.Main")]
    [InlineData("--- End of stack trace from previous location ---\n   at Shop.A.B()", "Shop.A.B")]
    [InlineData("no trace at all", "")]
    [InlineData("", "")]
    public void NearestOfUser_AsTheRuntimeWritesIt_IsAsItWasWritten(string trace, string expected) => Assert.Equal(expected, ErrorFrame.NearestOfUser(trace));

    [Fact]
    public void Of_MessageThatThrows_IsAFingerprintAllTheSame() => Assert.Equal(16, ErrorFingerprint.Of(new HostileException()).Value.Length);

    [Theory]
    [InlineData("0123456789abcdef", true)]
    [InlineData(" error:0123456789ABCDEF ", true)]
    [InlineData("0123456789abcde", false)]
    [InlineData("0123456789abcdeg", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void TryParse_Text_IsReadBack(string? text, bool expected)
    {
        Assert.Equal(expected, ErrorFingerprint.TryParse(text, out var fingerprint));
        if (expected) Assert.Equal("error:0123456789abcdef", fingerprint.ErrorTag);
    }

    private sealed class HostileException : Exception
    {
        public override string Message => throw new UnreachableException();

        public override string StackTrace => throw new UnreachableException();
    }
}
