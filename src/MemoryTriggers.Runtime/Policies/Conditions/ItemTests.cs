using System.Text.Json;

namespace MemoryTriggers.Policies;

/// <summary>Tests over the text of a field: the text itself, or the items of a list one by one.</summary>
internal static class ItemTests
{
    public delegate bool TextTest(ReadOnlySpan<char> text);

    public static bool Any(EvaluationContext context, in FieldValue value, TextTest test) => value.Kind switch
    {
        FieldKind.Tags => AnyTag(value.Tags!, test),
        FieldKind.Array => AnyElement(context, value.Element, test),
        _ => false,
    };

    private static bool AnyTag(IReadOnlyList<string> tags, TextTest test)
    {
        for (var index = 0; index < tags.Count; index++)
        {
            if (test(tags[index])) return true;
        }

        return false;
    }

    private static bool AnyElement(EvaluationContext context, JsonElement array, TextTest test)
    {
        var used = context.Text.Used;
        foreach (var element in array.EnumerateArray())
        {
            var holds = element.ValueKind switch
            {
                JsonValueKind.True => test("true"),
                JsonValueKind.False => test("false"),
                JsonValueKind.String or JsonValueKind.Number => test(Read(context, element)),
                _ => false,
            };
            context.Text.ReturnTo(used);
            if (holds) return true;
        }

        return false;
    }

    private static ReadOnlySpan<char> Read(EvaluationContext context, JsonElement element)
    {
        var value = default(FieldValue);
        context.Text.Read(element, ref value);
        return context.TextOf(value);
    }
}
