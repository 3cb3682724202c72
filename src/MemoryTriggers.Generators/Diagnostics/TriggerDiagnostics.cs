using Microsoft.CodeAnalysis;

namespace MemoryTriggers.Diagnostics;

/// <summary>The diagnostics of the analyzers.</summary>
internal static class TriggerDiagnostics
{
    private const string Category = "MemoryTriggers";
    private const string HelpBase = "https://github.com/memorytriggers/memorytriggers/blob/main/docs/diagnostics/";

    public static readonly DiagnosticDescriptor UnsupportedTarget = Describe(
        DiagnosticIds.UnsupportedTarget, DiagnosticSeverity.Error,
        "The trigger is on something that cannot be woven", "'{0}' cannot be remembered: {1}");

    public static readonly DiagnosticDescriptor ContentTemplate = Describe(
        DiagnosticIds.ContentTemplate, DiagnosticSeverity.Warning,
        "The content template cannot be filled", "The content template {0}");

    public static readonly DiagnosticDescriptor UnmarkedSecret = Describe(
        DiagnosticIds.UnmarkedSecret, DiagnosticSeverity.Warning,
        "A captured value looks like a secret", "The {0} looks like a secret and is dropped by its name; {1}");

    public static readonly DiagnosticDescriptor EmptySubject = Describe(
        DiagnosticIds.EmptySubject, DiagnosticSeverity.Warning,
        "The trigger does not say what it is about", "The {0} of the trigger is empty; memories cannot be found by it");

    public static readonly DiagnosticDescriptor DuplicateTrigger = Describe(
        DiagnosticIds.DuplicateTrigger, DiagnosticSeverity.Warning,
        "The same trigger appears twice on one method", "'{0}' has this trigger twice; each call is remembered twice");

    public static readonly DiagnosticDescriptor ScopeNotDisposed = Describe(
        DiagnosticIds.ScopeNotDisposed, DiagnosticSeverity.Warning,
        "The scope is never disposed", "The scope is never disposed, so it is never remembered; open it with 'await using' or 'using'");

    public static readonly DiagnosticDescriptor UsingInsteadOfAwaitUsing = Describe(
        DiagnosticIds.UsingInsteadOfAwaitUsing, DiagnosticSeverity.Warning,
        "'using' cannot tell how the scope ended",
        "In asynchronous code open the scope with 'await using': only then its outcome is exact");

    public static readonly DiagnosticDescriptor CatchInPlainScope = Describe(
        DiagnosticIds.CatchInPlainScope, DiagnosticSeverity.Warning,
        "A handled exception makes the scope a failure",
        "An exception that is handled here still makes the scope of the plain 'using' a failure; call Complete, SetResult or Fail, " +
            "or use 'await using'");

    public static readonly DiagnosticDescriptor ResultOfNothing = Describe(
        DiagnosticIds.ResultOfNothing, DiagnosticSeverity.Info,
        "There is no result to capture", "'{0}' returns nothing, so CaptureResult = true has no effect");

    public static readonly DiagnosticDescriptor ResultSetTwice = Describe(
        DiagnosticIds.ResultSetTwice, DiagnosticSeverity.Warning,
        "The result of the scope is set twice", "The result of '{0}' is already set in this block; only the last one is remembered");

    public static readonly DiagnosticDescriptor BlockingFlush = Describe(
        DiagnosticIds.BlockingFlush, DiagnosticSeverity.Warning,
        "A thread is blocked until everything is stored", "'{0}' blocks the thread until everything is stored; await FlushAsync instead");

    public static readonly DiagnosticDescriptor InvalidTag = Describe(
        DiagnosticIds.InvalidTag, DiagnosticSeverity.Warning,
        "The tag cannot be used", "The tag {0}");

    public static readonly DiagnosticDescriptor NoReach = Describe(
        DiagnosticIds.NoReach, DiagnosticSeverity.Warning,
        "The trigger or its exclusion has no effect", "The trigger {0}");

    public static readonly DiagnosticDescriptor NoCallTarget = Describe(
        DiagnosticIds.NoCallTarget, DiagnosticSeverity.Error,
        "The trigger names no method whose calls can be captured", "The trigger {0}");

    public static readonly DiagnosticDescriptor LanguageVersion = Describe(
        DiagnosticIds.LanguageVersion, DiagnosticSeverity.Error,
        "The trigger needs a newer version of C#",
        "This trigger cannot be woven: the wrapper needs C# {0}, and the project is compiled as C# {1}; set LangVersion to {0} or later");

    public static IEnumerable<DiagnosticDescriptor> All =>
    [
        UnsupportedTarget, ContentTemplate, UnmarkedSecret, EmptySubject, DuplicateTrigger, ScopeNotDisposed, UsingInsteadOfAwaitUsing,
        CatchInPlainScope, ResultOfNothing, ResultSetTwice, BlockingFlush, InvalidTag, NoReach,
        NoCallTarget, LanguageVersion,
    ];

    private static DiagnosticDescriptor Describe(string id, DiagnosticSeverity severity, string title, string message) =>
        new(id, title, message, Category, severity, isEnabledByDefault: true, helpLinkUri: HelpBase + id + ".md");
}
