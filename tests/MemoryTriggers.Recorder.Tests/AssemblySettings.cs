// A runtime is process-wide.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
