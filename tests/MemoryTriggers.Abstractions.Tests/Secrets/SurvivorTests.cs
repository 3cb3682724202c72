using System.Text;

namespace MemoryTriggers.Secrets;

/// <summary>Texts of real kinds in which nothing is a secret: they come back as they are.</summary>
public sealed class SurvivorTests
{
    private static readonly string[] Families =
    [
        """
           at Shop.Orders.OrderService.PlaceAsync(Order order, CancellationToken cancellationToken) in /src/Shop/Orders/OrderService.cs:line 42
           at System.Runtime.CompilerServices.TaskAwaiter.HandleNonSuccessAndDebuggerNotification(Task task)
           at Shop.Auth.LoginHandler.SignIn(String user, String password) in /home/ci/auth/LoginHandler.cs:line 17
           at Shop.Auth.TokenService.<RefreshAsync>d__12.MoveNext()
           at Shop.Program.<Main>$(String[] args)
        --- End of stack trace from previous location ---
           at Microsoft.AspNetCore.Authentication.Cookies.CookieAuthenticationHandler.HandleAuthenticateAsync()
           at lambda_method5(Closure, Object)
        System.InvalidOperationException: Sequence contains no elements
        System.IO.FileNotFoundException: Could not load file or assembly 'Shop.Core, Version=1.2.3.0, Culture=neutral, PublicKeyToken=b77a5c561934e089'.
        System.ArgumentNullException: Value cannot be null. (Parameter 'password')
        System.Text.Json.JsonException: '}' is an invalid start of a value. Path: $.items[0] | LineNumber: 3 | BytePositionInLine: 12.
        Newtonsoft.Json.JsonReaderException: Unexpected token: EndObject
        System.Net.Http.HttpRequestException: Connection refused (localhost:5432)
        System.Net.Sockets.SocketException (111): Connection refused [::1]:5432
        System.AggregateException: One or more errors occurred. (A task was canceled.)
        Traceback (most recent call last):
          File "/usr/lib/python3.12/site-packages/app/auth.py", line 12, in login
            token = get_token(user)
        java.lang.NullPointerException: Cannot invoke "String.length()" because "<local1>" is null
            at com.shop.auth.TokenFilter.doFilter(TokenFilter.java:88)
        panic: runtime error: invalid memory address or nil pointer dereference [signal SIGSEGV]
        TypeError: Cannot read properties of undefined (reading 'token')
            at Object.<anonymous> (/app/src/token.js:10:15)
        """,
        """
        SELECT id, name FROM users WHERE email = @email AND password_hash = @hash
        SELECT u.id FROM users u JOIN sessions s ON s.session_id = u.session_id WHERE u.token = $1
        UPDATE users SET password = ? WHERE id = ?
        UPDATE accounts SET pin = :pin, otp = NULL WHERE account_id = 42
        INSERT INTO users (id, name, password_hash, created_at) VALUES (@p0, @p1, @p2, @p3)
        CREATE TABLE users (id uuid PRIMARY KEY, password text NOT NULL, api_key varchar(64))
        ALTER TABLE orders ADD CONSTRAINT fk_orders_users FOREIGN KEY (user_id) REFERENCES users (id)
        CREATE INDEX ix_tokens_expires_at ON tokens (expires_at) WHERE revoked = false
        SELECT count(*) AS total FROM tokens WHERE tokens.type = 'refresh' AND tokens.expires_at < now()
        WITH recent AS (SELECT * FROM passes WHERE pass_type = 'season') SELECT * FROM recent
        DELETE FROM login_attempts WHERE attempted_at < NOW() - INTERVAL '30 days'
        EXEC dbo.usp_GetOrders @CustomerId = 42, @From = '2026-01-01'
        SELECT * FROM cards WHERE card_type = 'visa' LIMIT 10 OFFSET 20
        MERGE INTO stock USING incoming ON stock.sku = incoming.sku WHEN MATCHED THEN UPDATE SET qty = incoming.qty
        ERROR: duplicate key value violates unique constraint "users_email_key" DETAIL: Key (email)=(a@b.example) already exists.
        ERROR: relation "orders" does not exist at character 15
        SQLite Error 19: 'UNIQUE constraint failed: memories.id'.
        ORA-00942: table or view does not exist
        Msg 208, Level 16, State 1, Line 1 Invalid object name 'dbo.Orders'.
        """,
        """
        commit 3f2fa9d8b72f4a2f8ccd0123456789abcdef0123
        Author: Ada Lovelace <ada@example.org>
        Date:   Mon Nov 30 20:24:17 2026 +0000
        Merge: 1125b8cd 2b24f329
            Fix token refresh when the session is over
            Signed-off-by: Grace Hopper <grace@example.org>
            Co-authored-by: Alan <alan@example.org>
        1125b8cd Import: a property name that is no Unicode is a clear error
        remote: Resolving deltas: 100% (12/12), completed with 5 local objects.
        To ssh://git@github.com/acme/shop.git
        To github.com:acme/shop.git
           2b24f329..1125b8cd  main -> main
         ! [rejected]        main -> main (non-fast-forward)
        diff --git a/src/Auth/PasswordHasher.cs b/src/Auth/PasswordHasher.cs
        index 8f3c1d2..b7a90e4 100644
        @@ -12,7 +12,9 @@ public sealed class TokenService
        fatal: Authentication failed for 'https://github.com/acme/shop.git/'
        fatal: could not read Password for 'https://bob@github.com': terminal prompts disabled
        gpg: Signature made Mon 30 Nov 2026 08:24:17 PM UTC
        gpg: Good signature from "Ada Lovelace <ada@example.org>" [ultimate]
        Your branch is ahead of 'origin/main' by 3 commits.
        HEAD is now at 2d137c43 Tests: a word that is in no path of a checkout
        tag v1.2.3-rc.1+build.456
        CONFLICT (content): Merge conflict in src/Secrets/SecretNames.cs
        """,
        """
        {"id":"3f2fa9d8-b72f-4a2f-8ccd-0123456789ab","name":"Ada","author":"Grace","passengers":3}
        {"usage":{"input_tokens":512,"output_tokens":128,"total_tokens":640},"model":"gpt-4o-mini"}
        {"tokenType":"Bearer","expires_in":3600,"tokenExpiresAt":"2026-11-30T20:24:17Z"}
        {"key":"SHOP-123","keys":["a","b"],"primaryKey":"id","foreignKey":"order_id"}
        {"password":null,"hasPassword":true,"passwordPolicy":{"minLength":12}}
        {"type":"object","required":["username","password"],"properties":{"username":{"type":"string"}}}
        {"status":"ok","code":200,"errorCode":"E1001","zipCode":"10115","timeCode":"01:02:03:04"}
        {"commit":"3f2fa9d8b72f4a2f8ccd0123456789abcdef0123","branch":"feature/token-refresh","passed":12,"failed":0}
        {"level":"Information","message":"User signed in","traceId":"4bf92f3577b34da6a3ce929d0e0e4736","spanId":"00f067aa0ba902b7"}
        {"url":"https://example.org/orders/42?page=2&sort=name","method":"GET","durationMs":12.5}
        {"sha256":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}
        {"etag":"W/\"686897696a7c876b7e\"","integrity":"sha512-abc+def/ghi=="}
        {"coordinates":[52.520008,13.404954],"phone":"+49 30 123456","amount":1234567890123456}
        {"monkey":"banana","keyboard":"qwerty","compass":"north","passage":"x","opinion":"y","spinner":"z"}
        {"publicKey":"MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE","algorithm":"ES256","kid":"key-1"}
        """,
        """
        /home/ada/src/secrets/SecretNames.cs
        C:\Users\ada\AppData\Local\Temp\token-cache\file.bin
        /usr/share/dotnet/shared/Microsoft.NETCore.App/10.0.0/System.Private.CoreLib.dll
        ./node_modules/@angular/core/package.json
        https://registry.example.org:5000/@scope/package/-/package-1.2.3.tgz
        https://unpkg.com/@babel/core@7.24.0/lib/index.js
        https://example.org/a@b and the token that follows
        http://localhost:5000/api/orders/42
        https://medium.com/@ada/on-tokens-1a2b3c4d5e6f
        file:///etc/ssl/certs/ca-certificates.crt
        src/Auth/PasswordReset.cs(12,34): error CS1002: ; expected
        /var/log/auth.log:12: session opened for user root
        s3://bucket/key/2026/11/30/part-00000.parquet
        jdbc:postgresql://localhost:5432/shop
        amqp://localhost:5672/vhost
        /repos/acme/shop/actions/secrets/public-key
        """,
        """
        1.2.3.4
        10.0.401-preview.1.26556.3+sha.1125b8cd
        v2.0.0-alpha.12
        net10.0;net8.0;netstandard2.0
        Microsoft.Extensions.Compliance.Abstractions 10.11.0
        sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
        d41d8cd98f00b204e9800998ecf8427e
        3f2fa9d8-b72f-4a2f-8ccd-0123456789ab
        {3F2FA9D8-B72F-4A2F-8CCD-0123456789AB}
        41111111-1111-1111-1111-111111111111
        00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01
        2026-11-30T20:24:17.1234567+00:00
        638686058571234567
        1764534257123
        ISBN 978-3-16-148410-0
        order 4000123412341235 shipped
        0.4111111111111111 of the total
        192.168.0.1:8080, 2001:db8::1
        01HQ3K5V7Z8X9Y0A1B2C3D4E5F
        550e8400e29b41d4a716446655440000
        MAC 00:1B:44:11:3A:B7
        +1 (555) 223-4567
        """,
        """
        Passed!  - Failed: 0, Passed: 1234, Skipped: 2, Total: 1236, Duration: 12 s - Shop.Tests.dll (net10.0)
        Tests: pass=12 fail=0 skip=1
        warning CS0618: 'Token.Value' is obsolete: 'Use Text'
        error CS1519: Invalid token '=' in class, record, struct, or interface member declaration
        error CS1525: Invalid expression term 'token'
        error TS2304: Cannot find name 'password'.
        MSBUILD : error MSB1009: Project file does not exist.
        Restored /src/Shop/Shop.csproj (in 1.2 sec).
        npm warn deprecated glob@7.2.3: Glob versions prior to v9 are no longer supported
        npm_config_registry is set
        CMake Error at CMakeLists.txt:12 (find_package): By not providing "FindFoo.cmake"
        SyntaxError: Unexpected token } in JSON at position 42
        SyntaxError: Unexpected token '<', "<!DOCTYPE "... is not valid JSON
        ld: symbol(s) not found for architecture arm64
        error[E0425]: cannot find value `token` in this scope
        Downloading https://example.org/files/tokenizer-0.15.2.whl (2.1 MB)
        """,
        """
        Password must be at least 12 characters long
        The password is required
        The token has expired
        Token: expired
        token is invalid
        Secret: none
        Invalid credentials
        Signature: valid
        credentials: missing
        auth: ok
        authorization: denied
        pin: required
        The session is over; sign in again
        Passengers boarded: 112 of 120
        The author pinned the post
        The monkey pressed a key on the keyboard
        The compass shows north; bypass the road
        Tokenize the text, then count the tokens
        max_tokens: 512
        maxTokens=1024, temperature=0.7
        tokens: 812/4096
        passRate: 98%
        authType=oauth2
        cookieConsent: accepted
        bearer token required
        Basic authentication is disabled
        Basic auth and Bearer authentication are supported
        the card was declined
        card type: visa
        error code: 12345
        zip code: 10115
        order number: 12345
        phone number: 555-0100
        key: value
        primary key: id
        public key: MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE
        cache key: user:42:orders
        partition key=eu-west-1
        sort key = created_at
        """,
        """
        var token = GetToken();
        string password = null;
        Password = password,
        if (token == null) return;
        public string Token { get; set; }
        private readonly string _apiKey;
        password: password
        const token = await getToken(user);
        token = self.token
        options.Password = options.Password
        login(user, { password: form.password })
        services.AddAuthentication("Bearer").AddJwtBearer(o => o.Authority = authority);
        Authorization: {scheme} {token}
        password=${DB_PASSWORD}
        password: $PASSWORD
        token=%TOKEN%
        https://{user}:{password}@example.org/
        https://$USER:$TOKEN@example.org/
        password=********
        apiKey: "<your-key>"
        "token": "{{ secrets.TOKEN }}"
        --password <password>
        --token $TOKEN
        docker run -u 1000:1000 -v /etc/auth:/etc/auth:ro image
        """,
        """
        GET /api/orders?page=2&size=20 HTTP/1.1
        Host: example.org
        Accept: application/json
        Content-Type: application/json; charset=utf-8
        WWW-Authenticate: Bearer realm="shop"
        WWW-Authenticate: Basic realm="shop"
        ETag: "33a64df551425fcc55e4d42a148795d9f25f89d4"
        X-Request-Id: 3f2fa9d8-b72f-4a2f-8ccd-0123456789ab
        traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01
        Cache-Control: no-cache, no-store, must-revalidate
        User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36
        Access-Control-Allow-Headers: authorization, content-type
        Retry-After: 120
        HTTP/1.1 401 Unauthorized
        info: Microsoft.Hosting.Lifetime[14] Now listening on: http://localhost:5000
        warn: Shop.Auth.TokenService[3] Refresh took 1200 ms
        Executed DbCommand (12ms) [Parameters=[@p0='?' (DbType = Int32)], CommandType='Text', CommandTimeout='30']
        Request finished HTTP/1.1 GET http://localhost/health - 200 - text/plain 1.2345ms
        Job 42 of queue 'mails' done: 12 items, 0 errors
        kube-system/coredns-5d78c9869d-abcde 1/1 Running 0 12d
        """,
        """
        -----BEGIN CERTIFICATE-----
        -----BEGIN PUBLIC KEY-----
        -----BEGIN PGP SIGNATURE-----
        ---
        - item
        name: shop
        services:
          web:
            image: shop:1.2.3
            ports: ["8080:80"]
        [section]
        timeout = 30
        retries=3
        <name>Ada</name>
        <PackageReference Include="Token.Library" Version="1.2.3" />
        <add key="PageSize" value="20" />
        <authors>Ada; Grace</authors>
        # Tokens and passwords
        | token | meaning |
        The quick brown fox jumps over the lazy dog
        Größe: 12 cm; Straße: Hauptstraße 5; Preis: 12,50 €
        日本語のテキスト: こんにちは
        emoji: 🎉 done
        """,
    ];

    public static TheoryData<string> Lines => [.. Families.SelectMany(static family => family.Split('\n'))
        .Select(static line => line.TrimEnd('\r')).Where(static line => line.Trim().Length > 0).Distinct(StringComparer.Ordinal)];

    [Fact]
    public void Corpus_IsLarge() => Assert.InRange(Lines.Count + Joined().Count(), 300, 10_000);

    [Theory]
    [MemberData(nameof(Lines))]
    public void Mask_OfALineWithoutSecrets_IsTheSameInstance(string line)
    {
        Assert.Same(line, SecretText.Usual.Mask(line));
        var trimmed = line.Trim();
        Assert.Same(trimmed, SecretText.Usual.Mask(trimmed));
    }

    [Fact]
    public void Mask_OfTextsOfManyLines_IsTheSameInstance() =>
        Assert.All(Joined(), static text => Assert.Same(text, SecretText.Usual.Mask(text)));

    // Three lines at a time, as they follow each other in logs.
    private static IEnumerable<string> Joined()
    {
        foreach (var family in Families)
        {
            var lines = family.Split('\n');
            for (var first = 0; first + 3 <= lines.Length; first++)
            {
                var text = new StringBuilder();
                foreach (var line in lines.Skip(first).Take(3)) text.Append(line.TrimEnd('\r')).Append('\n');
                yield return text.ToString();
            }
        }
    }
}
