namespace MemoryTriggers.Ranking;

/// <summary>
/// The plain letter of every accented Latin one, as Unicode decomposes it. A table, because normalization does nothing
/// when globalization is invariant.
/// </summary>
internal static class LatinLetters
{
    private const int FirstBlock = 0xC0;
    private const int SecondBlock = 0x1E00;

    // One character for each code point from the start of the block; a dot where there is nothing to take off.
    private const string First =
        "aaaaaa.ceeeeiiii.nooooo..uuuuy..aaaaaa.ceeeeiiii.nooooo..uuuuy.yaaaaaaccccccccdd..eeeeeeeeeegggg" +
        "gggghh..iiiiiiiii...jjkk.llllll....nnnnnn...oooooo..rrrrrrsssssssstttt..uuuuuuuuuuuuwwyyyzzzzzz." +
        "................................oo.............uu............................aaiioouuuuuuuuuu.aa" +
        "aa....ggkkoooo..j...gg..nnaa....aaaaeeeeiiiioooorrrruuuusstt..hh......aaeeooooooooyy............" +
        "................";

    private const string Second =
        "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooooooopppprrrrrrrr" +
        "ssssssssssttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwy......aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee" +
        "eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy......";

    /// <returns>The letter in lower case, or <see langword="null"/> when it has no accent to lose.</returns>
    public static char? WithoutAccent(int codePoint)
    {
        var letter = codePoint switch
        {
            >= FirstBlock and < FirstBlock + 0x190 => First[codePoint - FirstBlock],
            >= SecondBlock and < SecondBlock + 0x100 => Second[codePoint - SecondBlock],
            _ => '.',
        };
        return letter == '.' ? null : letter;
    }
}
