// Attached sinks are process-wide.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
