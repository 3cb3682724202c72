using System.Data.Common;
using System.Net.Sockets;
using System.Reflection;
using System.Security.Authentication;
using static System.Net.HttpStatusCode;

namespace MemoryTriggers.Circuits;

/// <summary>What an exception of a store says about the store.</summary>
internal static class StoreFailure
{
    /// <summary>Whether it is neither an outage nor a refusal: it may be due to what was to be stored, or to the store.</summary>
    public static bool IsUnexpected(Exception exception) => exception is MemoryBackendException failure
        ? failure.IsUnexpected || (failure is { IsTransient: true, InnerException: MemoryBackendException inner } && IsUnexpected(inner))
        : !IsOutage(exception);

    /// <summary>Whether it, or one of its causes, is of a kind that only a store or a machine that is ill throws.</summary>
    public static bool IsOutage(Exception exception) => exception switch
    {
        IOException or SocketException or TimeoutException or OperationCanceledException => true,
        HttpRequestException answer => answer.StatusCode is not (BadRequest or RequestEntityTooLarge or UnprocessableEntity),
        UnauthorizedAccessException or AuthenticationException or OutOfMemoryException => true,
        DbException { IsTransient: true } => true,
        AggregateException several => several.InnerExceptions.Any(IsOutage),
        { InnerException: { } cause } => IsOutage(cause),
        _ => false,
    };

    /// <summary>The name of what the store threw first, without its message, which may have values in it.</summary>
    public static string NameOf(Exception exception) => exception switch
    {
        MemoryBackendException or AggregateException or TargetInvocationException when exception.InnerException is { } cause =>
            NameOf(cause),
        _ => exception.GetType().FullName!,
    };
}
