using System.Globalization;
using OperatorAccount = Shop.Features.Accounts.Operator;

namespace MemoryTriggers.Shop.Tests.Script;

/// <summary>An invented person with an account. Everything but the number is private.</summary>
internal sealed class Person(int id, string email, string password, string card)
{
    private readonly List<string> _tokens = [];

    public static Person Operator() => new(1, OperatorAccount.Email, OperatorAccount.Password, CardOf("411111", 1));

    /// <param name="id">The number of the customer: the shop counts its accounts.</param>
    /// <param name="hasExpiredCard">The shop refuses cards that begin with 4000.</param>
    public static Person Customer(int id, bool hasExpiredCard = false) => new(
        id,
        string.Create(CultureInfo.InvariantCulture, $"ann.miller{id}@mail.example"),
        string.Create(CultureInfo.InvariantCulture, $"Blue-Kettle-{id}!"),
        CardOf(hasExpiredCard ? "400000" : "411111", id));

    public int Id { get; } = id;

    public string Email { get; } = email;

    public string Password { get; } = password;

    public string Card { get; } = card;

    public string Address => string.Create(CultureInfo.InvariantCulture, $"{Id} Harbour Lane, Whitby");

    /// <summary>The token of the last login.</summary>
    public string? Token => _tokens.LastOrDefault();

    /// <summary>What may be written nowhere. The middle of a token is enough to recognise it; all tokens begin alike.</summary>
    public IEnumerable<string> Secrets =>
        [Email, Password, Card, Address, .. _tokens.Select(static token => token.Substring(token.Length / 2, 24))];

    public void LoggedIn(string accessToken, string refreshToken) => _tokens.AddRange([refreshToken, accessToken]);

    /// <summary>A number of 16 digits with a check digit (Luhn), as cards have it.</summary>
    private static string CardOf(string issuer, int number)
    {
        var digits = string.Create(CultureInfo.InvariantCulture, $"{issuer}{number:000000000}");
        var sum = digits.Reverse().Select(static (digit, place) => (digit - '0') * (place % 2 == 0 ? 2 : 1)).Sum(static value => value % 10 + value / 10);
        return digits + ((10 - sum % 10) % 10).ToString(CultureInfo.InvariantCulture);
    }
}
