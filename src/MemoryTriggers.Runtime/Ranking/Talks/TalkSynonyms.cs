using System.Collections.Frozen;

namespace MemoryTriggers.Ranking.Talks;

/// <summary>
/// Words that people use for each other when they talk about their lives. They count only among what people said: a technical text means other things by many of them.
/// </summary>
internal static class TalkSynonyms
{
    private const double SameWeight = 0.5;
    private const double KindWeight = 0.35;

    private static readonly string[] Same =
    [
        "buy bought purchase purchased acquire", "sell sold", "job work career occupation profession employment position employed", "boss manager supervisor",
        "colleague coworker teammate", "quit resign resigned leave left notice retire", "hire hired employ recruit", "salary wage pay income earn earned",
        "raise promotion promoted", "company firm employer agency business", "study studied learn learning course class degree major",
        "school college university academy", "teacher professor instructor tutor teaching", "student pupil", "exam test certification", "grade score mark",
        "graduate graduated graduation degree diploma", "movie film cinema documentary", "kid child children son daughter baby", "mom mother mum", "dad father",
        "parent parents mother father mom dad", "grandmother grandma granny nana", "grandfather grandpa granddad", "sibling brother sister", "husband spouse",
        "wife spouse", "partner boyfriend girlfriend husband wife spouse", "fiance fiancee engaged engagement", "marry married marriage wedding wed",
        "divorce divorced separated separating separation", "pregnant pregnancy expecting", "friend buddy pal", "family relatives", "house home place",
        "apartment flat studio condo", "rent lease", "landlord owner", "move moved moving relocate relocated", "live lives lived living reside residing",
        "roommate flatmate", "neighbor neighbour", "photo picture photograph image", "trip vacation holiday travel journey tour",
        "travel travelled traveled trip visit", "visit visited visiting", "luggage suitcase baggage bag", "hotel guesthouse hostel", "car vehicle",
        "bike bicycle cycling", "motorcycle motorbike", "train railway", "plane flight airplane fly flew", "doctor physician", "hospital clinic",
        "ill sick illness disease", "injure injured injury hurt broke", "surgery operation operated", "medicine medication pills drug drugs",
        "therapist therapy counselor counseling", "pain ache hurt hurts sore", "allergic allergy allergies intolerant intolerance", "diet vegetarian vegan",
        "eat ate eating", "food meal dish cook recipe", "dinner supper", "breakfast brunch", "cook cooked cooking bake baked baking", "dessert cake pie",
        "drink drank beverage", "coffee espresso", "favorite favourite best prefer", "like love enjoy", "dislike hate stand", "hobby hobbies pastime",
        "exercise workout gym training", "run running ran race marathon", "race marathon competition", "team club squad", "game match", "win won victory",
        "prize award trophy", "compete competition contest tournament", "music song songs", "concert gig show performance", "book novel read reading",
        "write wrote written author writer", "author writer wrote", "paint painted painting drawing draw drew sketch", "artist painter",
        "artwork art painting drawing print", "garden gardening", "present gift gave", "party celebration celebrate celebrated", "wear wore worn",
        "clothes clothing outfit dress", "jacket coat", "expensive costly price", "cost costs price paid pay charge charges", "money cash savings",
        "save saved savings", "loan credit mortgage", "donate donated donation charity", "volunteer volunteered volunteering", "happy glad excited thrilled",
        "sad upset unhappy crying cried", "afraid scared fear frightened nervous", "angry mad furious", "worried anxious stress stressed", "tired exhausted",
        "relax unwind destress calm", "proud pride", "difficult hard tough challenge challenging", "plan plans planning planned", "decide decided decision",
        "want wants hope hopes wish", "dream dreamt dreams", "goal goals aim", "begin began start started", "finish finished complete completed",
        "stop stopped quit", "repair repaired fix fixed mend mended", "break broke broken damaged", "build built building construct made",
        "make made making create created", "lose lost", "find found discover discovered", "get got receive received", "give gave given", "bring brought",
        "take took taken", "meet met meeting", "invite invited", "talk talked chat conversation", "tell told said",
        "suggest suggested recommend recommended recommendation advice advise", "help helped support supported assist", "teach taught", "happen happened",
        "name named called", "old age aged years", "store shop", "phone telephone", "computer laptop", "internet online wifi", "app application",
        "storm hurricane tornado", "beach sea ocean coast", "lake river", "mountain mountains hill", "forest woods", "city town", "country abroad",
        "church temple", "police officer", "lawyer attorney law", "nurse caregiver", "accident crash", "steal stole stolen thief", "key keys",
        "money dollars euros", "cheap affordable bargain", "big large huge", "small little tiny", "garbage trash", "scary frightening horror",
        "beautiful gorgeous pretty", "smart brilliant clever", "funny hilarious", "adopt adopted adoption", "wash clean cleaned cleaning", "couch sofa",
        "fridge refrigerator", "stove oven", "movers move", "kindergarten preschool", "autumn fall", "woman lady", "man guy", "fast quick quickly",
        "hair haircut", "shave shaved", "walk walked walking hike hiking", "swim swam swimming", "climb climbing climbed", "sing sang singing choir",
        "dance danced dancing", "smoke smoking cigarettes", "alcohol beer wine", "prepare preparing preparation", "postpone postponed delayed",
        "cancel canceled cancelled", "refuse rejected reject", "accept accepted", "offer offered proposal proposed", "replace replaced replacement",
        "choose chose chosen pick picked", "need needs", "try tried trying", "attend attended", "join joined", "win won", "bite bit bitten", "hide hid hidden",
        "grow grew grown", "own owns have", "keep kept", "clinic hospital", "ship boat", "purchase buy", "apply applied application", "fail failed",
        "pass passed succeed", "childhood grew child",
    ];

    // The first names a kind, the others belong to it: who asks for the first may mean any of the others, and not the other way round.
    private static readonly string[] Kinds =
    [
        "pet dog cat puppy kitten hamster rabbit parrot bird fish turtle snake",
        "animal dog cat puppy kitten horse cow pig goat sheep parrot bird fish turtle snake rabbit bear fox deer elephant",
        "instrument guitar piano violin cello drums flute trumpet saxophone clarinet accordion harp keyboard ukulele bass organ",
        "sport soccer football basketball tennis baseball handball volleyball swimming running rowing cycling hockey golf skiing yoga boxing climbing surfing rugby cricket badminton",
        "hobby painting drawing hiking gardening photography knitting baking cooking reading chess crosswords pottery fishing dancing gaming sewing woodworking singing",
        "language spanish french german italian portuguese chinese japanese arabic dutch english russian korean",
        "subject math mathematics science history biology chemistry physics geography art literature",
        "food pizza soup curry pasta rice bread cheese salad cake chicken fish salmon sushi burger pancakes tacos dumplings stew",
        "meal pizza soup curry pasta rice salad chicken fish salmon sushi stew dinner lunch breakfast",
        "dish soup curry pasta rice salad stew pie tart risotto lasagna", "fruit apple banana orange peach mango strawberry pear plum cherry",
        "vegetable carrot potato tomato onion pepper spinach broccoli", "drink tea coffee juice beer wine water soda smoothie lemonade",
        "color red blue green yellow orange purple pink black white brown",
        "profession nurse doctor teacher lawyer engineer designer programmer chef artist writer accountant dentist journalist architect electrician plumber carpenter",
        "job nurse doctor teacher lawyer engineer designer programmer chef artist writer accountant dentist journalist waiter barista",
        "relative mother father brother sister aunt uncle cousin grandma grandpa niece nephew", "season spring summer autumn fall winter",
        "vehicle car truck van motorcycle bike bus boat", "injury broke sprained twisted burned cut fell slipped",
        "illness flu cold cancer diabetes asthma fever infection dementia", "disease flu cancer diabetes asthma dementia arthritis",
        "symptom cough fever headache pain rash", "weather rain snow storm sunny wind cold hot", "furniture table chair sofa couch bed desk shelf lamp",
        "clothes shirt dress jacket sweater coat shoes hat socks jeans", "clothing shirt dress jacket sweater coat shoes hat socks jeans",
        "device phone laptop tablet camera sensor printer speaker", "appliance fridge oven stove toaster kettle microwave dishwasher",
        "flower rose tulip lily daisy sunflower orchid", "plant tree flower fern monstera cactus orchid", "insect bee bees ant butterfly beetle",
        "book novel biography mystery series", "game chess cards poker monopoly", "art painting drawing sculpture pottery photography ceramics",
        "music rock jazz classical pop hiphop", "weekday monday tuesday wednesday thursday friday saturday sunday",
        "education degree university college course school", "religion church mosque temple", "holiday christmas easter thanksgiving halloween",
        "dessert cake pie cookies tart brownies", "celebrate party birthday anniversary", "planet mars jupiter saturn venus mercury",
        "money loan savings salary dollars euros", "expensive price cost",
    ];

    private static readonly FrozenDictionary<string, TermVariant[]> ByStem = Build();

    /// <summary>The words that may stand for one, each with how much it counts beside it.</summary>
    public static IReadOnlyList<TermVariant> Of(string stem) => ByStem.TryGetValue(stem, out var variants) ? variants : [];

    private static FrozenDictionary<string, TermVariant[]> Build()
    {
        var byStem = new Dictionary<string, Dictionary<string, TermVariant>>(StringComparer.Ordinal);
        foreach (var words in Same.Select(static group => group.Split(' ')))
            foreach (var word in words) Add(word, words, SameWeight);
        foreach (var words in Kinds.Select(static group => group.Split(' '))) Add(words[0], words[1..], KindWeight);
        return byStem.ToFrozenDictionary(static item => item.Key, static item => item.Value.Values.ToArray(), StringComparer.Ordinal);

        void Add(string word, string[] others, double weight)
        {
            var stem = PorterStemmer.Stem(word);
            if (!byStem.TryGetValue(stem, out var variants)) byStem[stem] = variants = new(StringComparer.Ordinal);
            foreach (var other in others)
            {
                var otherStem = PorterStemmer.Stem(other);
                if (otherStem != stem) variants.TryAdd(otherStem, TermVariant.Of([other], weight));
            }
        }
    }
}
