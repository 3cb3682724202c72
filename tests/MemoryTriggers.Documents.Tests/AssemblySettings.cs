// The service of the process is process-wide: an example that starts one is seen by the others.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
