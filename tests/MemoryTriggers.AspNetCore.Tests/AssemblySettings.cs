// The runtime attaches to the process-wide hub.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
