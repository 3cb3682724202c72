namespace MemoryTriggers.Weaver.Diagnostics;

/// <summary>The diagnostics of the weaver. Each id has a page under docs/diagnostics.</summary>
internal static class WeaverDiagnostics
{
    public static WeaverProblem MethodNotFound(string wrapped, string wrapper) =>
        new("MTW001", $"The wrapper {wrapper} has no method '{wrapped}' to go around. Rebuild the project; if this stays, it is a defect " +
            "of MemoryTriggers.");

    public static WeaverProblem SymbolsDoNotMatch(string assembly) =>
        new("MTW002", $"The symbols beside '{assembly}' belong to another build of it, probably an interrupted one. Rebuild the project " +
            "(dotnet build --no-incremental).");

    public static WeaverProblem Unreadable(string assembly, string reason) =>
        new("MTW003", $"'{assembly}' cannot be read: {reason}. Rebuild the project (dotnet build --no-incremental).");

    public static WeaverProblem RuntimeAsync(string method) =>
        new("MTW004", $"'{method}' is compiled as a runtime-async method, which cannot be woven yet. Remove its trigger, or compile the " +
            "project without runtime async.");

    public static WeaverProblem NoStateMachine(string method) =>
        new("MTW005",
            $"The 'async void' method '{method}' has no state machine of the known form and cannot be woven. Return a Task instead.");

    public static WeaverProblem Failed(string assembly, string reason) =>
        new("MTW006", $"Weaving '{assembly}' failed: {reason}. Nothing was changed; building with /p:MemoryTriggersWeave=false leaves " +
            "the assembly unwoven.");

    public static WeaverProblem SymbolsNotFound(string assembly) =>
        new("MTW007", $"'{assembly}' names symbols, and there are none beside it. It was woven, and has no lines in traces and debuggers " +
            "until the project is rebuilt (dotnet build --no-incremental).");

    public static WeaverProblem CallNotCaptured(string target, string caller, string obstacle) =>
        new("MTW008", $"The call of '{target}' in '{caller}' is not captured: it {obstacle}. Call it on a variable of its own type, or " +
            "capture the method around it.");

    public static WeaverProblem NotCSharp(string decorated, string language) =>
        new("MTW010", $"The trigger on '{decorated}' captures nothing: only C# is woven, and this project is written in {language}. " +
            "Move what is decorated to a C# project, or remove the attribute and open a TriggerScope inside.");

    public static WeaverProblem NoCall(string target) =>
        new("MTW009", $"This assembly makes no call of '{target}' that could be captured; the trigger on it has no effect.");
}
