namespace MemoryTriggers.Secrets;

public sealed class SecretNamesTests
{
    [Theory]
    [InlineData("password Password PASSWORD passwords userPassword dbPassword DB_PASSWORD db-password PasswordHash pass_word pass-Word")]
    [InlineData("passwd pwd userPwd MYSQL_PWD dbpwd passphrase pass_phrase passcode pass smtp_pass SmtpPass pass2 passkey")]
    [InlineData("pin PIN pinCode cardPin PINs otp OTP totpSecret mfa mfaCode 2fa user_2fa 2FACode twoFactorCode oneTimeCode oneTimePassword")]
    [InlineData("secret clientSecret client_secret Secrets clientsecret secretKey token tokens accessToken access_token authtoken token2")]
    [InlineData("jwt JWTs bearer bearerToken auth X-Auth oauth authHeader Authorization Proxy-Authorization authorization_header")]
    [InlineData("apiKey api_key API-Key APIKey XApiKey apikey X-API-KEY apiKeys aPIKey accessKey privateKey signing_key encryptionKey")]
    [InlineData("accountKey AccountKey SharedAccessKey masterKey pat githubPat credential credentials dbCreds connectionString")]
    [InlineData("ConnectionStrings:Default ConnectionStrings__Default conn_str connStr connectionstring dsn SENTRY_DSN cookie Set-Cookie")]
    [InlineData("sessionId session_id sessionid SESSION_ID signature X-Hub-Signature-256 sas sasToken cvv CVC ssn iban IBAN cardNumber")]
    [InlineData("card_number creditCard ccNumber verificationCode verification_code security-code backupCodes recoveryCode smsCode")]
    [InlineData("user.password options[0].Password outer/password kennwort contraseña AWS_SECRET_ACCESS_KEY PGPASSWORD NPM_TOKEN")]
    public void Contains_OfAName_ThatGivesASecretAway(string names) =>
        Assert.All(names.Split(' '), static name => Assert.True(SecretNames.Contains(name), name));

    [Theory]
    [InlineData("passenger passengers passed passes passing passive passRate passCount bypass compass passThrough testPass firstPass")]
    [InlineData("tokenize tokenizer Tokenized tokenCount tokenType tokenExpiresAt TokenLifetime expires_in tokenEndpoint PublicKeyToken")]
    [InlineData("cancellationToken stoppingToken syntaxToken pinned pinning pinpoint spin opinion mapping author authors authority")]
    [InlineData("authored AuthMethod authType authenticationType authorId authorName key keys keyboard monkey primaryKey foreignKey")]
    [InlineData("publicKey partitionKey cacheKey sortKey rowKey routingKey keyword secretary secretariat branch count project id sha")]
    [InlineData("commit hash version path pattern patch patient compatible session sessions sessionLength context contextual assassin")]
    [InlineData("code errorCode postalCode statusCode zipCode countryCode timeCode card cardType number phoneNumber order_number")]
    [InlineData("methodSignature functionSignature design signed assign disc credit credited codec cookieName cookieConsent passwordPolicy")]
    [InlineData("b2fa10c3 3f2fa9d8-72fa-42fa-8ccd-0123456789ab a b c 1 2 - _ tokenProvider passwordHasher authService secretManager")]
    public void Contains_OfOtherNames_IsFalse(string names) =>
        Assert.All(names.Split(' '), static name => Assert.False(SecretNames.Contains(name), name));

    [Fact]
    public void Contains_OfALongName_JudgesItsEnd()
    {
        Assert.True(SecretNames.Contains(new string('x', 1000) + ".password"));
        Assert.False(SecretNames.Contains(new string('x', 1000) + ".branch"));
        Assert.False(SecretNames.Contains(""));
        Assert.False(SecretNames.Contains(string.Join('_', Enumerable.Repeat("a", 500))));
    }

    [Theory]
    [InlineData("pin", 1234, true)]
    [InlineData("token", 123456L, true)]
    [InlineData("maxTokens", 512, false)]
    [InlineData("input_tokens", 512L, false)]
    [InlineData("pass", 12, false)]
    [InlineData("hasPassword", true, false)]
    [InlineData("password", null, false)]
    [InlineData("apiKey", "x", true)]
    [InlineData("passwords", new[] { "x" }, true)]
    [InlineData("author", "x", false)]
    public void IsSecret_OfAValue_DependsOnWhatItCanHold(string name, object? value, bool expected) =>
        Assert.Equal(expected, SecretValues.IsSecret(name, value));
}
