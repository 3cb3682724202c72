using MemoryTriggers;
using Microsoft.EntityFrameworkCore;

// Everything that the features do: failures, slow executions, a sample, and counts of the rest.
[assembly: WorkflowMemoryTrigger(TypePattern = "Shop.Features.*", MethodPattern = "*Handle*")]

// Every call that saves to the database.
[assembly: MemoryTriggerOn(typeof(DbContext), nameof(DbContext.SaveChangesAsync), TriggerType.WorkflowCompletion, Subject = "save",
    ParameterTypes = [typeof(CancellationToken)])]
