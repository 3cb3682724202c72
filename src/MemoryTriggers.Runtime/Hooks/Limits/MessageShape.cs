using System.Text;

namespace MemoryTriggers.Hooks;

/// <summary>A message without what differs from one time to the next: numbers, and words with digits in them.</summary>
internal static class MessageShape
{
    private const int MaxLength = 256;

    public static string Of(string message)
    {
        var shape = new StringBuilder(Math.Min(message.Length, MaxLength));
        var start = 0;
        while (start < message.Length && shape.Length < MaxLength)
        {
            var end = start;
            var hasDigit = false;
            while (end < message.Length && IsWord(message[end])) hasDigit |= char.IsAsciiDigit(message[end++]);
            if (hasDigit) shape.Append('#');
            else shape.Append(message, start, Math.Min(end - start, MaxLength));
            if (end < message.Length) shape.Append(message[end++]);
            start = end;
        }

        return shape.ToString();
    }

    private static bool IsWord(char character) => char.IsLetterOrDigit(character) || character is '-' or '_';
}
