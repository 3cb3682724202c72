using MemoryTriggers.Soak;

return args switch
{
    [CallingChild.Verb, .. var rest] => await CallingChild.RunAsync(rest),
    [AppendingChild.Verb, .. var rest] => await AppendingChild.RunAsync(rest),
    [BacklogChild.Verb, .. var rest] => BacklogChild.Run(rest),
    [LoadChild.Verb, .. var rest] => await LoadChild.RunAsync(rest),
    _ => await SoakRun.MainAsync(args),
};
