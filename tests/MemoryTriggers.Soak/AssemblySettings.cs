[assembly: System.Runtime.CompilerServices.InternalsVisibleTo("MemoryTriggers.EndToEnd.Tests")]
