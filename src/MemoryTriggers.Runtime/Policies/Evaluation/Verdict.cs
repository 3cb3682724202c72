using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Policies;

/// <summary>A decision while it is made. One per thread, used again.</summary>
internal sealed class Verdict
{
    private readonly List<PolicyReason> _reasons = [];
    private readonly List<PolicyActionCall> _actions = [];
    private readonly List<CompiledRule> _applied = [];
    private readonly List<string> _tags = [];
    private bool _hasOtherTags;
    private bool _isTagged;
    private bool _isDecided;

    public PolicyVerdict Kind { get; set; }

    public MemoryEntry Entry { get; set; } = null!;

    public ILogger? Logger { get; private set; }

    /// <summary>Why, when no rule says so.</summary>
    public PolicyReason[] Otherwise { get; set; } = [];

    /// <summary>How many expressions ran out of time.</summary>
    public int Timeouts { get; set; }

    public IReadOnlyList<PolicyReason> Reasons => _reasons;

    public bool IsFinal => Kind is PolicyVerdict.Deny or PolicyVerdict.Defer;

    public void Start(MemoryEntry entry, ILogger? logger, PolicyReason[] otherwise)
    {
        (Entry, Kind, Logger, Otherwise, Timeouts) = (entry, PolicyVerdict.Allow, logger, otherwise, 0);
        _reasons.Clear();
        _actions.Clear();
        _applied.Clear();
        _tags.Clear();
        (_hasOtherTags, _isTagged, _isDecided) = (false, false, false);
    }

    /// <summary>Tags are gathered and put into the memory once, at the end: a copy for each would be a copy too many.</summary>
    public void ChangeTag(string tag, bool isAdded)
    {
        if (!_isTagged)
        {
            _tags.AddRange(Entry.Tags);
            _isTagged = true;
        }

        if (!isAdded) _hasOtherTags |= _tags.Remove(tag);
        else if (tag.Length > 0 && !_tags.Contains(tag))
        {
            _tags.Add(tag);
            _hasOtherTags = true;
        }
    }

    /// <summary>Takes over what a rule of the long notation decides; the first that decides has said it for all.</summary>
    public void Decide(CompiledRule rule)
    {
        if (_isDecided || rule.Source.Verdict is not { } meant) return;
        (_isDecided, Kind, Otherwise) = (true, meant, []);
    }

    public void Because(PolicyReason reason) => _reasons.Add(reason);

    public void Ask(PolicyActionCall call) => _actions.Add(call);

    /// <summary>A rule applies to a memory once, whether by itself or by a chain.</summary>
    public bool HasApplied(CompiledRule rule) => _applied.Contains(rule);

    public void Applied(CompiledRule rule) => _applied.Add(rule);

    public PolicyDecision ToDecision(MemoryEntry original)
    {
        if (_hasOtherTags) Entry = Entry with { Tags = _tags.ToArray() };
        var kind = Kind == PolicyVerdict.Allow && !ReferenceEquals(Entry, original) ? PolicyVerdict.Modify : Kind;
        // A default that batches is a reason too, whatever rules say besides.
        var reasons = _reasons.Count == 0 ? Otherwise : Kind == PolicyVerdict.Batch ? [.. Otherwise, .. _reasons] : _reasons.ToArray();
        var decision = new PolicyDecision(kind, Entry, reasons, _actions.Count == 0 ? [] : _actions.ToArray());
        Entry = null!;
        return decision;
    }
}
