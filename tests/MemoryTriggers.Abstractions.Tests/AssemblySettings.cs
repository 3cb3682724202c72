// Attached sinks and first-chance handlers are process-wide.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
