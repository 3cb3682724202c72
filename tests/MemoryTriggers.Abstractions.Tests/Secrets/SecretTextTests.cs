namespace MemoryTriggers.Secrets;

public sealed class SecretTextTests
{
    [Theory]
    [InlineData("login failed: password=hunter2; retry", "login failed: password=[sensitive]; retry")]
    [InlineData("Pwd = 'two words' is wrong", "Pwd = '[sensitive]' is wrong")]
    [InlineData("""{"apiKey": "abc def"}""", """{"apiKey": "[sensitive]"}""")]
    [InlineData("""{"password":["x","y"],"a":1}""", """{"password":[sensitive],"a":1}""")]
    [InlineData("""{"credentials":{"user":"x","n":[1,{"p":"}"}]},"a":1}""", """{"credentials":[sensitive],"a":1}""")]
    [InlineData("""{"pin":1234,"tokens":512}""", """{"pin":[sensitive],"tokens":512}""")]
    [InlineData("""{\"password\":\"hunter2\",\"a\":\"b\"}""", """{\"password\":\"[sensitive]\",\"a\":\"b\"}""")]
    [InlineData("""{"name":"password","value":"hunter2"}""", """{"name":"password","value":"[sensitive]"}""")]
    [InlineData("""<add key="ApiKey" value="hunter2" />""", """<add key="ApiKey" value="[sensitive]" />""")]
    [InlineData("<password>hunter2</password>", "<password>[sensitive]</password>")]
    [InlineData("{'password': 'hunter2', 'user': 'bob'}", "{'password': '[sensitive]', 'user': 'bob'}")]
    [InlineData("headers['Authorization'] = 'hunter2 x'", "headers['Authorization'] = '[sensitive] x'")]
    [InlineData("Authorization: Bearer eyJhbGciOi.J9", "Authorization: Bearer [sensitive]")]
    [InlineData("Authorization: Basic Ym9iOmh1bnRlcjI=", "Authorization: Basic [sensitive]")]
    [InlineData("authorization: hunter2", "authorization: [sensitive]")]
    [InlineData("sent bearer abc.def to it", "sent bearer [sensitive] to it")]
    [InlineData("[\"Basic Ym9iOmh1bnRlcjI=\"]", "[\"Basic [sensitive]\"]")]
    [InlineData("Basic Ym9iOmh1bnRlcjI= was sent", "Basic [sensitive] was sent")]
    [InlineData("Cookie: a=b; session=c d\nHost: x", "Cookie: [sensitive]\nHost: x")]
    [InlineData("Set-Cookie: id=abc; Path=/", "Set-Cookie: [sensitive]")]
    [InlineData("X-Api-Key: abc", "X-Api-Key: [sensitive]")]
    [InlineData("clone https://me:pass@git.example/x failed", "clone https://[sensitive]@git.example/x failed")]
    [InlineData("postgres://u:p/w?d@db:5432/x?a=b", "postgres://[sensitive]@db:5432/x?a=b")]
    [InlineData("GET /reset?token=abc&user=bob", "GET /reset?token=[sensitive]&user=bob")]
    [InlineData("/cb?code=4/0AbCdEf123456789&state=1", "/cb?code=[sensitive]&state=1")]
    [InlineData("https://x.blob.core.windows.net/c?sv=2022&sig=aB3%2Bxyz0123456789%3D&se=1",
        "https://x.blob.core.windows.net/c?sv=2022&sig=[sensitive]&se=1")]
    [InlineData("redirect=%2Fx%3Ftoken%3Dabc%26a%3Db", "redirect=%2Fx%3Ftoken%3D[sensitive]%26a%3Db")]
    [InlineData("connect Host=db;Access Key=k1;Port=5", "connect Host=db;Access Key=[sensitive];Port=5")]
    [InlineData("Server=x;Password=two words;Database=y", "Server=x;Password=[sensitive];Database=y")]
    [InlineData("Server=x;User Id=u;Pwd=p@ss,w0rd!;", "Server=x;User Id=u;Pwd=[sensitive];")]
    [InlineData("ConnectionString: Server=x;User=y;Password=z", "ConnectionString: [sensitive]")]
    [InlineData("localhost:6379,password=abc,ssl=True", "localhost:6379,password=[sensitive],ssl=True")]
    [InlineData("Login { User = bob, Password = two words, Age = 3 }", "Login { User = bob, Password = [sensitive], Age = 3 }")]
    [InlineData("Login { User = bob, Password = two words }", "Login { User = bob, Password = [sensitive] }")]
    [InlineData("Your verification code: 123456 is valid", "Your verification code: [sensitive] is valid")]
    [InlineData("the password is: hunter2", "the password is: [sensitive]")]
    [InlineData("passphrase: correct horse battery staple", "passphrase: [sensitive]")]
    [InlineData("card number: 1234 5678 9012 3456 ok", "card number: [sensitive] ok")]
    [InlineData("IBAN: DE89 3704 0044 0532 0130 00 of bob", "IBAN: [sensitive] of bob")]
    [InlineData("run --password hunter2 -v", "run --password [sensitive] -v")]
    [InlineData("run --api-key 'a b' -v", "run --api-key '[sensitive]' -v")]
    [InlineData("run --token=abc -v", "run --token=[sensitive] -v")]
    [InlineData("curl -u bob:hunter2 https://x", "curl -u bob:[sensitive] https://x")]
    [InlineData("""["--password","hunter2","-v"]""", """["--password","[sensitive]","-v"]""")]
    [InlineData("Invalid password 'hunter2' for bob", "Invalid password '[sensitive]' for bob")]
    [InlineData("CREATE USER x IDENTIFIED BY 'hunter2'", "CREATE USER x IDENTIFIED BY '[sensitive]'")]
    [InlineData("ALTER ROLE x WITH PASSWORD 'hunter2'", "ALTER ROLE x WITH PASSWORD '[sensitive]'")]
    [InlineData("db:\n  password:\n    hunter2\n  user: bob", "db:\n  password:\n    [sensitive]\n  user: bob")]
    [InlineData("passwords:\n  - a\n  - b\nuser: bob", "passwords:\n  - [sensitive]\nuser: bob")]
    [InlineData("a \\u003cpassword\\u003ehunter2\\u003c/password\\u003e", "a <password>[sensitive]</password>")]
    [InlineData("{&quot;password&quot;:&quot;hunter2&quot;}", "{\"password\":\"[sensitive]\"}")]
    [InlineData("export GITHUB_TOKEN=abc", "export GITHUB_TOKEN=[sensitive]")]
    [InlineData("card 4111 1111 1111 1111 was declined", "card [sensitive] was declined")]
    [InlineData("card 4111-1111-1111-1111.", "card [sensitive].")]
    [InlineData("charged 378282246310005 and", "charged [sensitive] and")]
    [InlineData("number=5555555555554444", "number=[sensitive]")]
    [InlineData("key AKIAIOSFODNN7EXAMPLE used", "key [sensitive] used")]
    [InlineData("sent to https://hooks.slack.com/services/T0000/B0000/XXXXXXXXXXXX", "sent to https://hooks.slack.com/services/[sensitive]")]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\nafter", "[sensitive]\nafter")]
    [InlineData("key: -----BEGIN PRIVATE KEY-----\\nMIIE", "key: [sensitive]")]
    public void Mask_OfASecret_LeavesAMark(string text, string masked)
    {
        Assert.Equal(masked, SecretText.Usual.Mask(text));
        Assert.Same(masked, SecretText.Usual.Mask(masked));
    }

    [Theory]
    [InlineData("ghp_abcdefghijklmnopqrstuvwxyz0123456789")]
    [InlineData("github_pat_11ABCDEFG0abcdefghij_klmnopqrstuvwxyz")]
    [InlineData("glpat-abcdefghij0123456789")]
    [InlineData("xoxb-1234567890-abcdefghij")]
    [InlineData("sk_live_abcdefghijklmnop")]
    [InlineData("whsec_abcdefghijklmnop")]
    [InlineData("sk-proj-abcdefghijklmnop")]
    [InlineData("sk-ant-api03-abcdefghijklmnop")]
    [InlineData("sk-abcdefghij0123456789abcdefghij")]
    [InlineData("AIzaSyA1234567890abcdefghijklmnopqrstuv")]
    [InlineData("ya29.a0AfH6SMBxyz")]
    [InlineData("ASIAIOSFODNN7EXAMPLE")]
    [InlineData("npm_abcdefghijklmnopqrstuvwxyz0123456789")]
    [InlineData("hf_abcdefghijklmnop0123456789")]
    [InlineData("123456789:AAabcdefghijklmnopqrstuvwxyz0123456")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abcdefghijk")]
    [InlineData("SG.abcdefghij0123456789.abcdefghij0123456789")]
    [InlineData("abc8Q~abcdefghijklmnopqrstuvwxyz01234567")]
    [InlineData("hvs.CAESIabcdefghijklm0123456789")]
    public void Mask_OfATokenOfAService_TakesAllOfIt(string token)
    {
        Assert.Equal("[sensitive]", SecretText.Usual.Mask(token));
        Assert.Equal("got [sensitive], and more", SecretText.Usual.Mask($"got {token}, and more"));
        Assert.Equal("{\"a\":\"[sensitive]\"}", SecretText.Usual.Mask($"{{\"a\":\"{token}\"}}"));
        Assert.Equal("/x/[sensitive]/y", SecretText.Usual.Mask($"/x/{token}/y"));
    }

    [Fact]
    public void Mask_OfNames_OfTheProgram_KnowsThem()
    {
        var secrets = new SecretText(["Losung", "patient-id"]);

        Assert.Equal("losung=[sensitive] PatientId: [sensitive]", secrets.Mask("losung=x1 PatientId: 77a"));
        Assert.Same("losung=x1", SecretText.Usual.Mask("losung=x1"));
    }

    [Theory]
    [InlineData("password=")]
    [InlineData("eyJ")]
    [InlineData("\"")]
    [InlineData("-----BEGIN ")]
    [InlineData("a.a-a_a:")]
    [InlineData("{\"password\":[")]
    [InlineData("://")]
    [InlineData("4 ")]
    [InlineData("--token ")]
    [InlineData("password: \n ")]
    [InlineData("bearer ")]
    [InlineData("%3Ftoken%3D")]
    [InlineData("{ , Password = x ")]
    [InlineData(";Password=x ")]
    [InlineData("\\")]
    public void Mask_OfManyBeginnings_IsLinear(string part)
    {
        // A pass that reads on to the end from each of them does not come to an end.
        var text = string.Concat(Enumerable.Repeat(part, 500_000 / part.Length));

        Assert.True(SecretText.Usual.Mask(text).Length <= text.Length * 4);
    }

    [Fact]
    public void Mask_OfArbitraryTexts_NeverThrows_AndIsDone()
    {
        const string Alphabet = "pasword=:\"'{}[]-_.,;/@%\\ \n4AB1eyJ<>";
        var random = new Random(21);
        for (var run = 0; run < 20_000; run++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(60)).Select(_ => Alphabet[random.Next(Alphabet.Length)])]);
            var masked = SecretText.Usual.Mask(text);
            Assert.True(masked.Length <= text.Length * 12, text);
        }
    }
}
