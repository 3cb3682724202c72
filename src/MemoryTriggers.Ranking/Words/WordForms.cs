using System.Collections.Frozen;

namespace MemoryTriggers.Ranking;

/// <summary>
/// Forms of English words that a stemmer does not bring together: <c>went</c> and <c>go</c>, <c>children</c> and <c>child</c>.
/// </summary>
internal static class WordForms
{
    private static readonly string[] Groups =
    [
        "go went gone", "buy bought", "bring brought", "think thought", "teach taught", "catch caught", "fight fought", "seek sought",
        "run ran", "begin began begun", "drink drank drunk", "swim swam swum", "sing sang sung", "ring rang rung", "sink sank sunk",
        "write wrote written", "drive drove driven", "ride rode ridden", "rise rose risen", "speak spoke spoken", "break broke broken",
        "choose chose chosen", "freeze froze frozen", "steal stole stolen", "wake woke woken", "wear wore worn", "tear tore torn",
        "take took taken", "shake shook shaken", "give gave given", "forgive forgave forgiven", "eat ate eaten", "see saw seen",
        "fall fell fallen", "know knew known", "grow grew grown", "throw threw thrown", "fly flew flown", "draw drew drawn",
        "blow blew blown",
        "show shown", "hide hid hidden", "bite bit bitten", "beat beaten", "forget forgot forgotten", "get got gotten", "become became",
        "come came", "find found", "hold held", "stand stood", "understand understood", "sit sat", "win won", "make made", "say said",
        "tell told", "sell sold", "pay paid", "lay laid", "hear heard", "feel felt", "keep kept", "sleep slept", "meet met", "leave left",
        "lose lost", "send sent", "spend spent", "build built", "lend lent", "bend bent", "lead led", "read", "feed fed", "speed sped",
        "shoot shot", "hang hung", "dig dug", "stick stuck", "strike struck", "swing swung", "spin spun", "mean meant", "deal dealt",
        "dream dreamt", "learn learnt", "burn burnt", "light lit", "slide slid", "shine shone", "swear swore sworn", "bind bound",
        "wind wound",
        "child children", "man men", "woman women", "person people", "foot feet", "tooth teeth", "mouse mice", "life lives", "wife wives",
        "knife knives", "good better best", "bad worse worst", "index indices", "datum data", "vertex vertices", "matrix matrices",
    ];

    private static readonly FrozenDictionary<string, TermVariant[]> ByStem = Groups
        .Select(static group => group.Split(' ').DistinctBy(PorterStemmer.Stem).ToArray())
        .SelectMany(static group => group.Select(word =>
            (Stem: PorterStemmer.Stem(word),
                Others: group.Where(other => other != word).Select(static other => TermVariant.Of([other], 1)).ToArray())))
        .DistinctBy(static item => item.Stem)
        .ToFrozenDictionary(static item => item.Stem, static item => item.Others, StringComparer.Ordinal);

    /// <summary>The other forms; empty when there is none.</summary>
    public static IReadOnlyList<TermVariant> Of(string word) => ByStem.TryGetValue(KnownStems.Of(word), out var forms) ? forms : [];
}
