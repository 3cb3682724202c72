// A runtime, and an attached sink, are process-wide.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
