using System.Diagnostics;

namespace Noctis.Dicom.Fuzz.Engine;

/// <summary>
/// Runs a target on inputs that grow out of its seeds: one that shows something new is kept and changed further. The same seed gives the
/// same inputs. Not thread safe.
/// </summary>
public sealed class Fuzzer
{
    // More would only thin out what the newest have shown; the oldest are seeds and stay.
    private const int MaxPool = 4096;

    // Of one fault a handful of inputs is enough to see what they share.
    private const int MaxFindingsOfAKind = 3;

    private readonly FuzzTarget _target;
    private readonly FuzzRandom _random;
    private readonly FuzzRandom _inner = new(0);
    private readonly FeatureMap _features = new();
    private readonly Mutator _mutator;
    private readonly List<byte[]> _pool = [];
    private readonly List<Finding> _findings = [];
    private readonly Dictionary<string, int> _kinds = [];

    public Fuzzer(FuzzTarget target, ulong seed)
    {
        _target = target;
        _random = new FuzzRandom(seed);
        _mutator = new Mutator(_random, target.MaxLength, target.Tokens);
        foreach (var bytes in target.Seeds)
            _pool.Add(bytes.Length <= target.MaxLength ? bytes : bytes[..target.MaxLength]);
        if (_pool.Count == 0)
            _pool.Add([]);
        Seeds = _pool.Count;
    }

    /// <summary>Called before each input, so that one that ends the process, or never ends, can be found.</summary>
    public Action<ReadOnlyMemory<byte>>? Starting { get; init; }

    public IReadOnlyList<Finding> Findings => _findings;

    /// <summary>Inputs that were run.</summary>
    public long Inputs { get; private set; }

    /// <summary>Inputs of these that were kept because they showed something new.</summary>
    public int Kept => _pool.Count - Seeds;

    public int Seeds { get; }

    /// <summary>Facts that were seen.</summary>
    public int Features => _features.Count;

    /// <summary>A number that depends on all the inputs: two runs that agree in it have run the same.</summary>
    public ulong Digest { get; private set; }

    /// <summary>Runs so many inputs: the seeds as they are, when they have not been run, and then changed ones.</summary>
    public void Run(long count)
    {
        for (var end = Inputs + count; Inputs < end;)
        {
            if (Inputs < Seeds)
                _mutator.Load(_pool[(int)Inputs]);
            else
                Make();
            RunOne(_mutator.Current);
        }
    }

    /// <summary>Runs one given input.</summary>
    public void RunOne(ReadOnlyMemory<byte> input)
    {
        Inputs++;
        Starting?.Invoke(input);
        var seed = FuzzRandom.SeedOf(input.Span);
        Digest = (Digest * 31) + seed;
        _inner.Seed(seed);
        _features.Begin();
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            _target.Run(input, _inner, _features);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            FuzzException.Unless(
                allocated <= _target.AllowedAllocation(input.Length), $"{allocated} bytes were allocated for an input of {input.Length}.");
        }
        catch (Exception exception)
        {
            Add(input, exception);
        }

        if (_features.HasNew && Inputs > Seeds)
            Keep(input.ToArray());
    }

    private void Make()
    {
        if (_random.OneIn(4) && _target.Generate(_random) is { } made)
            _mutator.Load(made);
        else
            _mutator.Load(_random.Of(_pool));

        // Most of what is made new is left as it is sometimes: valid inputs have to come back as they were.
        if (_random.OneIn(16))
            return;
        _mutator.Mutate(_random.Of(_pool));
        if (_random.Below(4) > 0)
            _target.Repair(_mutator.Current.Span);
    }

    private void Keep(byte[] input)
    {
        if (_pool.Count < MaxPool)
            _pool.Add(input);
        else
            _pool[Seeds + _random.Below(MaxPool - Seeds)] = input;
    }

    private void Add(ReadOnlyMemory<byte> input, Exception exception)
    {
        var place = new StackTrace(exception).GetFrames().FirstOrDefault(frame => frame.GetMethod()?.DeclaringType?.Namespace is { } name
            && name.StartsWith("Noctis.Dicom", StringComparison.Ordinal) && !name.StartsWith("Noctis.Dicom.Fuzz", StringComparison.Ordinal));
        var kind = exception is FuzzException ? Letters(exception.Message) : $"{exception.GetType().Name} in {place?.GetMethod()}";
        var number = _kinds.GetValueOrDefault(kind);
        _kinds[kind] = number + 1;
        if (number < MaxFindingsOfAKind)
            _findings.Add(new Finding(_target.Name, input.ToArray(), exception is FuzzException ? exception.Message : exception.ToString()));
    }

    private static string Letters(string text) => string.Concat(text.Where(character => !char.IsAsciiHexDigit(character)));
}
