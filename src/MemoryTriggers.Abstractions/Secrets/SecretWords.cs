namespace MemoryTriggers.Secrets;

/// <summary>The words that give a secret away, and those that take it back. All in lower case.</summary>
internal static class SecretWords
{
    /// <summary>Secrets wherever they are in a name.</summary>
    public static readonly string[] Anywhere =
    [
        "password", "passwords", "passwd", "passwds", "pwd", "pwds", "passcode", "passcodes", "passphrase", "passphrases", "passkey",
        "passkeys", "pin", "pins", "otp", "otps", "totp", "hotp", "mfa", "secret", "secrets", "token", "tokens", "jwt", "jwts", "bearer",
        "authorization", "authorisation", "apikey", "apikeys", "credential", "credentials", "cred", "creds", "dsn", "dsns", "cookie",
        "cookies", "sessionid", "sessionids", "connstr", "sas", "cvv", "cvvs", "cvc", "cvcs", "ssn", "ssns", "iban", "ibans", "mnemonic",
        "passwort", "kennwort", "contraseña", "contrasena", "senha", "wachtwoord", "motdepasse", "signature", "signatures",
    ];

    /// <summary>Secrets as the last word only: <c>smtp_pass</c>, and not <c>passRate</c>.</summary>
    public static readonly string[] Last = ["pass", "auth", "oauth", "pat", "pats", "pw", "wd"];

    /// <summary>Two words in a row.</summary>
    public static readonly (string First, string Second)[] Pairs =
    [
        ("pass", "word"), ("pass", "words"), ("pass", "wd"), ("pass", "code"), ("pass", "codes"), ("pass", "phrase"), ("pass", "phrases"),
        ("pass", "key"), ("pass", "keys"), ("pass", "value"), ("session", "id"), ("session", "ids"), ("session", "key"),
        ("conn", "str"), ("conn", "string"), ("connection", "str"), ("connection", "string"), ("connection", "strings"),
        ("connect", "string"), ("card", "number"), ("card", "numbers"), ("card", "num"), ("card", "no"), ("cc", "number"),
        ("cc", "num"), ("cc", "no"), ("credit", "card"), ("social", "security"), ("seed", "phrase"), ("recovery", "phrase"),
        ("two", "factor"), ("auth", "value"), ("auth", "header"), ("auth", "data"), ("auth", "string"),
    ];

    /// <summary>Before <c>key</c>: no <c>primaryKey</c>, <c>publicKey</c> or <c>cacheKey</c>.</summary>
    public static readonly string[] BeforeKey =
    [
        "api", "access", "private", "signing", "sign", "encryption", "encrypt", "decryption", "crypto", "cipher", "aes", "rsa", "hmac",
        "master", "account", "shared", "auth", "license", "licence", "subscription", "app", "deploy", "ssh", "symmetric", "webhook",
        "admin", "recovery", "root", "wallet",
    ];

    /// <summary>Before <c>code</c>: no <c>errorCode</c> or <c>postalCode</c>.</summary>
    public static readonly string[] BeforeCode =
    [
        "verification", "verify", "security", "recovery", "backup", "auth", "activation", "confirmation", "access", "reset", "login",
        "sms", "unlock", "factor", "otp", "authentication", "authorization", "invite", "device",
    ];

    /// <summary>Secrets at the end of a longer word that is written in one: <c>dbpassword</c>, <c>authtoken</c>.</summary>
    public static readonly string[] Endings =
    [
        "password", "passwd", "passphrase", "passcode", "pwd", "secret", "token", "apikey", "accesskey", "privatekey", "secretkey",
        "signingkey", "encryptionkey", "accountkey", "masterkey", "sessionid", "connstr", "connectionstring", "cardnumber", "credential",
        "authorization",
    ];

    /// <summary>As the last word they say that a name is about a secret and is none: <c>tokenCount</c>, <c>passwordChangedAt</c>.</summary>
    public static readonly string[] About =
    [
        "count", "counts", "length", "len", "size", "limit", "budget", "usage", "rate", "quota", "index", "version", "level", "strength",
        "status", "format", "algorithm", "issuer", "audience", "scope", "scopes", "required", "enabled", "valid", "missing", "attempts",
        "attempt", "retries", "expires", "expiry", "expiration", "lifetime", "ttl", "age", "timeout", "at", "on", "in", "date", "time",
        "policy", "policies", "type", "types", "kind", "mode", "method", "scheme", "name", "names", "endpoint", "path", "file", "folder",
        "directory", "provider", "providers", "service", "services", "factory", "handler", "manager", "validator", "store", "repository",
        "generator", "options", "hasher", "reader", "writer", "source", "builder", "middleware", "filter", "error", "errors", "field",
        "label", "prompt", "rule", "rules", "domain", "consent",
    ];

    /// <summary>Before these a last word is another thing: <c>cancellationToken</c>, <c>methodSignature</c>, <c>testPass</c>.</summary>
    public static readonly (string Before, string Word)[] Harmless =
    [
        ("cancellation", "token"), ("cancel", "token"), ("stopping", "token"), ("syntax", "token"), ("syntax", "tokens"),
        ("lexer", "token"), ("parser", "token"), ("change", "token"), ("key", "token"), ("unexpected", "token"),
        ("method", "signature"), ("function", "signature"), ("type", "signature"), ("call", "signature"), ("operation", "signature"),
        ("first", "pass"), ("second", "pass"), ("third", "pass"), ("last", "pass"), ("next", "pass"), ("single", "pass"),
        ("one", "pass"), ("two", "pass"), ("multi", "pass"), ("render", "pass"), ("compiler", "pass"), ("test", "pass"),
        ("tests", "pass"), ("boarding", "pass"), ("low", "pass"), ("high", "pass"), ("band", "pass"), ("did", "pass"), ("by", "pass"),
    ];
}
