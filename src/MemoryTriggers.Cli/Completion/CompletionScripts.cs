namespace MemoryTriggers.Cli.Completion;

/// <summary>Scripts that ask the tool itself, by its directive <c>[suggest]</c>, what may come next.</summary>
internal static class CompletionScripts
{
    public static string Of(string shell) => shell switch
    {
        "bash" => Bash,
        "zsh" => Zsh,
        "fish" => Fish,
        _ => PowerShell,
    };

    private const string Bash = """
        _memory_triggers_complete() {
            local IFS=$'\n'
            COMPREPLY=($(compgen -W "$(memory-triggers "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _memory_triggers_complete memory-triggers

        """;

    private const string Zsh = """
        _memory_triggers() {
            local -a found
            found=("${(@f)$(memory-triggers "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
            [ -n "${found[1]}" ] && compadd -a found || _files
        }
        compdef _memory_triggers memory-triggers

        """;

    private const string Fish = """
        complete -f -c memory-triggers -a '(memory-triggers "[suggest:"(commandline -C)"]" (commandline -cp) 2>/dev/null)'

        """;

    private const string PowerShell = """
        Register-ArgumentCompleter -Native -CommandName memory-triggers -ScriptBlock {
            param($word, $line, $cursor)
            memory-triggers "[suggest:$cursor]" "$line" 2>$null | Where-Object { $_ -like "$word*" } | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
            }
        }

        """;
}
