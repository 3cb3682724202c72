namespace MemoryTriggers.Policies;

/// <summary>How to read one member of a memory.</summary>
internal sealed class EntryField(EntryField.Reader read, bool isEventMetadata = false)
{
    public delegate void Reader(EvaluationContext context, ref FieldValue value);

    /// <summary>Whether <c>metadata.name</c> finds it as well, when nothing of that name was captured.</summary>
    public bool IsEventMetadata { get; } = isEventMetadata;

    public void Read(EvaluationContext context, ref FieldValue value) => read(context, ref value);

    public static EntryField OfText(Func<MemoryEntry, string?> get, bool isEventMetadata = false) =>
        new((EvaluationContext context, ref FieldValue value) =>
    {
        if (get(context.Entry) is not { } text) return;
        (value.Kind, value.Text) = (FieldKind.Text, text);
    }, isEventMetadata);

    public static EntryField OfNumber(Func<MemoryEntry, double?> get, bool isEventMetadata = false) =>
        new((EvaluationContext context, ref FieldValue value) =>
    {
        if (get(context.Entry) is not { } number) return;
        (value.Kind, value.Number) = (FieldKind.Number, number);
        if (!value.IsNumberOnly) context.Text.Write(number, "R", ref value);
    }, isEventMetadata);

    public static EntryField OfTruth(Func<MemoryEntry, bool> get, bool isEventMetadata = false) =>
        new((EvaluationContext context, ref FieldValue value) => Truth(get(context.Entry), ref value), isEventMetadata);

    public static EntryField OfFormatted<T>(Func<MemoryEntry, T?> get, string format, bool isEventMetadata = false)
        where T : struct, ISpanFormattable => new((EvaluationContext context, ref FieldValue value) =>
    {
        if (get(context.Entry) is not { } found) return;
        value.Kind = FieldKind.Text;
        context.Text.Write(found, format, ref value);
    }, isEventMetadata);

    public static EntryField OfTags() => new((EvaluationContext context, ref FieldValue value) =>
        (value.Kind, value.Tags) = (FieldKind.Tags, context.Entry.Tags));

    public static void Truth(bool truth, ref FieldValue value) =>
        (value.Kind, value.Text, value.Number) = (FieldKind.Truth, truth ? "true" : "false", truth ? 1 : 0);
}
