using Noctis.Dicom.Dimse.Messages;
using Noctis.Dicom.Dimse.Services;
using Noctis.Dicom.Network;

namespace Noctis.Dicom.Tests.Network.Harness;

/// <summary>Counts what it receives and keeps nothing.</summary>
internal sealed class CountingStore : IStoreProvider, IStoreReceiver
{
    private const long SampleEvery = 1024 * 1024;

    private long _base = long.MaxValue;
    private long _sinceSample;
    private long _bytes;

    public long Bytes => Interlocked.Read(ref _bytes);

    public long PeakGrowth { get; private set; }

    public void StartMeasuring()
    {
        GC.Collect();
        _base = Environment.WorkingSet;
    }

    public ValueTask<IStoreReceiver> BeginAsync(CStoreRequest request, Association association, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IStoreReceiver>(this);

    public ValueTask WriteAsync(ReadOnlyMemory<byte> fragment, CancellationToken cancellationToken)
    {
        Interlocked.Add(ref _bytes, fragment.Length);
        _sinceSample += fragment.Length;
        if (_base != long.MaxValue && _sinceSample > SampleEvery)
        {
            _sinceSample = 0;
            PeakGrowth = Math.Max(PeakGrowth, Environment.WorkingSet - _base);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<CStoreResult> CompleteAsync(CancellationToken cancellationToken) => ValueTask.FromResult(CStoreResult.Success);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
