using MemoryTriggers.Cli;

return await CommandLineTool.RunAsync(args);
