// One shop runs for all tests, and the runtime attaches to the process-wide hub.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
