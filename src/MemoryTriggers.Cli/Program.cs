using MemoryTriggers.Cli.Invocation;

return await CommandLineTool.RunAsync(args);
