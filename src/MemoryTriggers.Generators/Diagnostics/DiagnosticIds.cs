namespace MemoryTriggers.Diagnostics;

/// <summary>Every id of the analyzers, once. An id is never used again for something else.</summary>
internal static class DiagnosticIds
{
    public const string UnsupportedTarget = "MTG001";
    public const string ContentTemplate = "MTG002";
    public const string UnmarkedSecret = "MTG003";
    public const string EmptySubject = "MTG004";
    public const string DuplicateTrigger = "MTG005";
    public const string ScopeNotDisposed = "MTG006";
    public const string UsingInsteadOfAwaitUsing = "MTG007";
    public const string CatchInPlainScope = "MTG008";
    public const string ResultOfNothing = "MTG009";
    public const string ResultSetTwice = "MTG010";
    public const string BlockingFlush = "MTG011";
    public const string InvalidTag = "MTG012";
    public const string NoReach = "MTG013";
    public const string NoCallTarget = "MTG014";
    public const string LanguageVersion = "MTG015";
}
