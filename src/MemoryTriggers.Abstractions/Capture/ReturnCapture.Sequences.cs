using System.Collections;

namespace MemoryTriggers.Capture;

public static partial class ReturnCapture
{
    /// <summary>Observes a sequence.</summary>
    public static IEnumerable<T> Observe<T>(IEnumerable<T> sequence, CaptureRecord template) => new Sequence<T>(sequence, template);

    /// <summary>Observes a sequence without a static type of items.</summary>
    public static IEnumerable Observe(IEnumerable sequence, CaptureRecord template) =>
        new Sequence<object?>((IEnumerable<object?>)sequence, template);

    /// <summary>Observes a single enumeration.</summary>
    public static IEnumerator<T> Observe<T>(IEnumerator<T> enumerator, CaptureRecord template) => new Enumerator<T>(enumerator, template);

    /// <summary>Observes a single enumeration without a static type of items.</summary>
    public static IEnumerator Observe(IEnumerator enumerator, CaptureRecord template) =>
        new Enumerator<object?>((IEnumerator<object?>)enumerator, template);

    /// <summary>Observes an asynchronous sequence.</summary>
    public static IAsyncEnumerable<T> Observe<T>(IAsyncEnumerable<T> sequence, CaptureRecord template) =>
        new AsyncSequence<T>(sequence, template);

    /// <summary>Observes a single asynchronous enumeration.</summary>
    public static IAsyncEnumerator<T> Observe<T>(IAsyncEnumerator<T> enumerator, CaptureRecord template) =>
        new AsyncEnumerator<T>(enumerator, template);

    private sealed class Sequence<T>(IEnumerable<T> inner, CaptureRecord template) : IEnumerable<T>
    {
        public IEnumerator<T> GetEnumerator() => new Enumerator<T>(inner.GetEnumerator(), template);

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    private sealed class Enumerator<T>(IEnumerator<T> inner, CaptureRecord template) : IEnumerator<T>
    {
        private readonly EnumerationRecord _enumeration = new(template);

        public T Current => inner.Current;

        object? IEnumerator.Current => ((IEnumerator)inner).Current;

        public bool MoveNext()
        {
            var record = _enumeration.Enter();
            try
            {
                var more = inner.MoveNext();
                _enumeration.Step(more);
                return more;
            }
            catch (Exception exception) when (_enumeration.Fail(exception))
            {
                throw;
            }
            finally
            {
                EnumerationRecord.Leave(record);
            }
        }

        public void Reset() => inner.Reset();

        public void Dispose()
        {
            try
            {
                inner.Dispose();
            }
            catch (Exception exception) when (_enumeration.Fail(exception))
            {
                throw;
            }
            finally
            {
                _enumeration.Abandon();
            }
        }
    }

    private sealed class AsyncSequence<T>(IAsyncEnumerable<T> inner, CaptureRecord template) : IAsyncEnumerable<T>
    {
        public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
            new AsyncEnumerator<T>(inner.GetAsyncEnumerator(cancellationToken), template);
    }

    private sealed class AsyncEnumerator<T>(IAsyncEnumerator<T> inner, CaptureRecord template) : IAsyncEnumerator<T>
    {
        private readonly EnumerationRecord _enumeration = new(template);

        public T Current => inner.Current;

        public ValueTask<bool> MoveNextAsync()
        {
            var outer = _enumeration.EnterFlow();
            try
            {
                var step = inner.MoveNextAsync();
                if (!step.IsCompletedSuccessfully) return Later(step);

                var more = step.Result;
                _enumeration.Step(more);
                return new ValueTask<bool>(more);
            }
            catch (Exception exception) when (_enumeration.Fail(exception))
            {
                throw;
            }
            finally
            {
                TriggerFlow.Current = outer;
            }
        }

        public async ValueTask DisposeAsync()
        {
            try
            {
                await inner.DisposeAsync().ConfigureAwait(false);
            }
            catch (Exception exception) when (_enumeration.Fail(exception))
            {
                throw;
            }
            finally
            {
                _enumeration.Abandon();
            }
        }

        private async ValueTask<bool> Later(ValueTask<bool> step)
        {
            try
            {
                var more = await step.ConfigureAwait(false);
                _enumeration.Step(more);
                return more;
            }
            catch (Exception exception) when (_enumeration.Fail(exception))
            {
                throw;
            }
        }
    }
}
