namespace MemoryTriggers.Delivery;

/// <summary>
/// How large batches are, and how many are under way at once. Untuned, as configured. Tuned, both follow what the store shows: a batch
/// shrinks when it takes too long and grows when full ones are quick; another batch at once stays only while it makes the whole
/// faster, and an outage halves the number. The configured values are the upper bounds. Thread-safe.
/// </summary>
internal sealed class DeliveryPace
{
    private const int SmallestBatch = 16;
    private const int OperationsPerTrial = 16;
    private const int TrialsToRest = 8;
    private const double WorthIt = 1.1;

    /// <summary>How long a store of a batch should take: long enough for group commits, short enough to notice trouble.</summary>
    public static readonly TimeSpan TargetLatency = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private readonly DeliveryOptions _options;
    private readonly TimeProvider _time;
    private long _batches;
    private long _latencyTicks;
    private int _batchSize;
    private int _concurrency;
    private long _trialStarted;
    private int _trialOperations;
    private long _trialRecords;
    private double _throughputBefore;
    private int _resting;
    private bool _isTrying;

    public DeliveryPace(DeliveryOptions options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        _batchSize = options.BatchSize;
        _concurrency = options.AutoTune ? 1 : options.Concurrency;
        _trialStarted = time.GetTimestamp();
    }

    /// <summary>How many records a batch has at most: never more than may pass in a second.</summary>
    public int BatchSize => Volatile.Read(ref _batchSize) is var size && _options.OperationsPerSecond is > 0 and var rate
        ? Math.Min(rate, size)
        : size;

    public int Concurrency => Volatile.Read(ref _concurrency);

    /// <summary>How many batches were stored.</summary>
    public long Batches => Interlocked.Read(ref _batches);

    /// <summary>How long storing one took, on average.</summary>
    public TimeSpan AverageLatency =>
        Batches is > 0 and var batches ? TimeSpan.FromTicks(Interlocked.Read(ref _latencyTicks) / batches) : TimeSpan.Zero;

    /// <summary>A batch was stored.</summary>
    public void Stored(int records, TimeSpan latency)
    {
        Interlocked.Increment(ref _batches);
        Interlocked.Add(ref _latencyTicks, latency.Ticks);
        if (!_options.AutoTune) return;
        lock (_gate)
        {
            Resize(records, latency);
            Try(records);
        }
    }

    /// <summary>The store failed, and may recover.</summary>
    public void Failed()
    {
        if (!_options.AutoTune) return;
        lock (_gate)
        {
            _concurrency = Math.Max(1, _concurrency / 2);
            Begin(TrialsToRest);
        }
    }

    /// <summary>The upper bounds have changed.</summary>
    public void Change()
    {
        lock (_gate)
        {
            _batchSize = _options.AutoTune ? Math.Min(_batchSize, _options.BatchSize) : _options.BatchSize;
            _concurrency = _options.AutoTune ? Math.Min(_concurrency, _options.Concurrency) : _options.Concurrency;
        }
    }

    private void Resize(int records, TimeSpan latency)
    {
        if (latency > TargetLatency * 2 && records * 2 >= _batchSize)
            _batchSize = Math.Max(Math.Min(SmallestBatch, _options.BatchSize), _batchSize / 2);
        else if (latency < TargetLatency / 2 && records >= _batchSize)
            _batchSize = Math.Min(_options.BatchSize, _batchSize + (_batchSize / 2) + 1);
    }

    // Only while the store is kept busy do records by time say what it can do.
    private void Try(int records)
    {
        if (records < _batchSize)
        {
            if (_isTrying) _concurrency--;
            Begin(_resting);
            return;
        }

        _trialRecords += records;
        if (++_trialOperations < OperationsPerTrial) return;

        var throughput = _trialRecords / Math.Max(_time.GetElapsedTime(_trialStarted).TotalSeconds, 1e-6);
        if (_isTrying && throughput < _throughputBefore * WorthIt)
        {
            _concurrency--;
            Begin(TrialsToRest);
        }
        else if (_resting > 0)
        {
            Begin(_resting - 1);
        }
        else
        {
            _throughputBefore = throughput;
            var isMore = _concurrency < _options.Concurrency;
            if (isMore) _concurrency++;
            Begin(isMore ? 0 : TrialsToRest);
            _isTrying = isMore;
        }
    }

    private void Begin(int resting)
    {
        _resting = resting;
        _isTrying = false;
        (_trialOperations, _trialRecords) = (0, 0);
        _trialStarted = _time.GetTimestamp();
    }
}
