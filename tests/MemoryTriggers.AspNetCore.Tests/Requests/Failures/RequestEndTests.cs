using MemoryTriggers.Requests;
using Microsoft.AspNetCore.Connections;

namespace MemoryTriggers.AspNetCore.Tests.Requests.Failures;

/// <summary>Which exceptions say only that the client has left.</summary>
public sealed class RequestEndTests
{
    public static TheoryData<Exception, bool> Exceptions => new()
    {
        { new TaskCanceledException(), true },
        { new InvalidOperationException("wrapped", new OperationCanceledException()), true },
        { new ConnectionResetException("gone"), true },
        { new TaskCanceledException("too slow", new TimeoutException()), false },
        { Thrown(static () => File.ReadAllText("/no/such/file")), false },
        { Thrown(static () => throw new IOException("the printer jams")), false },
        { new InvalidOperationException("no funds"), false },
    };

    [Theory]
    [MemberData(nameof(Exceptions), DisableDiscoveryEnumeration = true)]
    public void IsOfTheClient_OnlyForCancellationsAndItsConnection(Exception exception, bool expected) =>
        Assert.Equal(expected, RequestEnd.IsOfTheClient(exception));

    private static Exception Thrown(Action action) => Record.Exception(action)!;
}
