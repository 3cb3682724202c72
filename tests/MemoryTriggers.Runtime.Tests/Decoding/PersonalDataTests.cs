using System.Diagnostics;

namespace MemoryTriggers.Decoding;

/// <summary>Personal data in searchable text: what is replaced, and what looks like it and stays.</summary>
public sealed class PersonalDataTests
{
    [Theory]
    [InlineData("ask bob.smith+x@mail.example.com now", "ask [email] now")]
    [InlineData("user=bob@example.org;", "user=[email];")]
    [InlineData("<a@b.de>, 'ünal@beispiel.de'", "<[email]>, '[email]'")]
    [InlineData("card 4111111111111111 declined", "card [card] declined")]
    [InlineData("card 4111 1111 1111 1111, exp", "card [card], exp")]
    [InlineData("5500-0000-0000-0004", "[card]")]
    [InlineData("3782 822463 10005", "[card]")]
    [InlineData("4111 1111 1111 1111 123", "[card] 123")]
    [InlineData("{\"number\":4111111111111111}", "{\"number\":[card]}")]
    [InlineData("to DE89 3704 0044 0532 0130 00 today", "to [iban] today")]
    [InlineData("to GB82WEST12345698765432.", "to [iban].")]
    [InlineData("AT61 1904 3002 3457 3201 PAID", "[iban] PAID")]
    [InlineData("de89370400440532013000", "[iban]")]
    [InlineData("call +49 30 1234567 or +15552234567", "call [phone] or [phone]")]
    [InlineData("0049 30 1234567", "[phone]")]
    [InlineData("(555) 223-4567 / 555-223-4567", "[phone] / [phone]")]
    [InlineData("030 1234567, 0171/1234567", "[phone], [phone]")]
    public void Mask_PersonalData_IsReplaced(string text, string expected) => Assert.Equal(expected, PersonalData.Mask(text));

    [Theory]
    [InlineData("4111111111111112")]
    [InlineData("1764446400000 ms since the epoch")]
    [InlineData("019aa4f0-7c11-7d9e-8f00-123456789012")]
    [InlineData("2026-11-29T20:13:23.1234567Z")]
    [InlineData("2026-11-29 20:13:23 +01:00, 29.11.2026")]
    [InlineData("order 1234567890123456789, number 0012345678")]
    [InlineData("10.0.12.255:8080, version 10.0.100-rc.1.25451.107")]
    [InlineData("DE89370400440532013001")]
    [InlineData("@Service in a.b.C@1f2e3d4c, a@b")]
    [InlineData("1,234,567,890.12 EUR")]
    [InlineData("how-to-train-your-dragon-2024")]
    [InlineData("")]
    public void Mask_OtherText_Stays(string text) => Assert.Equal(text, PersonalData.Mask(text));

    [Theory]
    [InlineData("a.")]
    [InlineData("a@")]
    [InlineData("4111 ")]
    [InlineData("+49 ")]
    [InlineData("DE89 ")]
    [InlineData("0")]
    public void Mask_LongText_TakesLittleTime(string part)
    {
        var text = string.Concat(Enumerable.Repeat(part, 20_000)) + "@ 12345678";
        var started = Stopwatch.GetTimestamp();

        PersonalData.Mask(text);

        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(10), "quadratic");
    }
}
