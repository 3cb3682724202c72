using MemoryTriggers.Soak;

return args switch
{
    [CallingChild.Verb, .. var rest] => await CallingChild.RunAsync(rest),
    _ => await SoakRun.MainAsync(args),
};
