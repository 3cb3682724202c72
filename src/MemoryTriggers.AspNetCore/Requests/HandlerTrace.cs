using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;

namespace MemoryTriggers.Requests;

/// <summary>
/// Whether an exception has left the code that handles a request, and so is what a middleware made an answer of. One that was handled
/// inside says nothing about the answer.
/// </summary>
internal static class HandlerTrace
{
    /// <summary>The trace of an exception ends with the method that has caught it.</summary>
    public static bool HasLeft(Exception exception)
    {
        var passed = new HashSet<MethodBase>();
        foreach (var frame in new StackTrace(exception, fNeedFileInfo: false).GetFrames())
        {
            if (Method(frame) is not { DeclaringType: { } type } method) continue;
            if (IsOfThePipeline(type)) return true;
            // Without an endpoint: out of one part of the pipeline into the next one.
            if (HasRequest(method, type) && passed.Add(method) && passed.Count > 1) return true;
        }

        return false;
    }

    // What runs endpoints and actions, and every middleware of the framework.
    private static bool IsOfThePipeline(Type type)
    {
        while (type.DeclaringType is { } outer) type = outer;
        return type.Namespace is { } space && space.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal)
            && (type.Name.EndsWith("Middleware", StringComparison.Ordinal) || type.Name == "RequestDelegateFactory"
                || space is "Microsoft.AspNetCore.Mvc.Infrastructure" or "Microsoft.AspNetCore.Http.Generated");
    }

    // The parameters of an asynchronous method are the fields of its state machine.
    private static bool HasRequest(MethodBase method, Type type) =>
        typeof(IAsyncStateMachine).IsAssignableFrom(type)
            ? Array.Exists(Fields(type), static field => field.FieldType == typeof(HttpContext))
            : Array.Exists(method.GetParameters(), static parameter => parameter.ParameterType == typeof(HttpContext));

    [System.Diagnostics.CodeAnalysis.UnconditionalSuppressMessage("Trimming", "IL2070",
        Justification = "Without its fields an exception is not recognised, and the memory of the request names the status only.")]
    private static FieldInfo[] Fields(Type type) =>
        type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);

    [System.Diagnostics.CodeAnalysis.UnconditionalSuppressMessage("Trimming", "IL2026",
        Justification = "A method that is not known is passed over.")]
    private static MethodBase? Method(StackFrame frame) => frame.GetMethod();
}
