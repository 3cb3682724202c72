using MemoryTriggers.Secrets;

namespace MemoryTriggers.Capture;

/// <content>What is written between its beginning and its end: arguments, results, and what a scope adds.</content>
public sealed partial class CaptureRecord
{
    /// <summary>Writes an argument.</summary>
    public void Argument<T>(int index, T value)
    {
        if (typeof(T) == typeof(int))
        {
            _buffer.Int32Field(CaptureField.Argument, (byte)index, (int)(object)value!);
            return;
        }

        _buffer.Field(CaptureField.Argument);
        _buffer.Byte((byte)index);
        Value(value);
        _buffer.Commit();
    }

    /// <summary>Writes the text of a span.</summary>
    public void Argument(int index, ReadOnlySpan<char> value)
    {
        _buffer.Field(CaptureField.Argument);
        _buffer.Byte((byte)index);
        if (_secrets.AreNone) _buffer.Text(value);
        else _buffer.Text(_secrets.Clean(value.ToString()));
        _buffer.Commit();
    }

    /// <summary>Notes that an argument exists and is secret. Its text is removed from the messages of exceptions, too.</summary>
    public void Sensitive<T>(int index, T value)
    {
        Learn(value);
        SecretCounts.Add(SecretKind.Declared);
        _buffer.Field(CaptureField.Argument);
        _buffer.Byte((byte)index);
        _buffer.Marker(CaptureMarkers.Sensitive);
        _buffer.Commit();
    }

    /// <summary>Keeps a secret out of the messages of exceptions when arguments are not captured.</summary>
    public void Sensitive(string? value) => Learn(value);

    /// <summary>Keeps the texts of the values that are secrets by their names out of what follows.</summary>
    internal void NoteSecrets(IEnumerable<KeyValuePair<string, object?>>? values)
    {
        if (values is null) return;
        foreach (var named in values)
        {
            if (SecretValues.IsSecret(named.Key, named.Value)) _secrets.Add(named.Value);
        }
    }

    /// <summary>The text without the secrets that are known here.</summary>
    internal string WithoutSecrets(string text) => _secrets.Clean(text);

    /// <summary>Notes an argument whose type cannot be captured, such as a pointer.</summary>
    public void NotCaptured(int index, string typeName)
    {
        _buffer.Field(CaptureField.Argument);
        _buffer.Byte((byte)index);
        _buffer.Marker(typeName);
        _buffer.Commit();
    }

    /// <summary>Notes that the body returned.</summary>
    public void Succeed()
    {
        if (_outcome == TriggerOutcome.Success) return;

        // A finally block of the body threw away the exception that a filter had already seen.
        _outcome = TriggerOutcome.Success;
        IsPending = true;
    }

    /// <summary>Notes that the body returned, and writes the result if the trigger wants it.</summary>
    public void Result<T>(T value)
    {
        Succeed();
        if (!Descriptor.CapturesResult) return;
        if (typeof(T) == typeof(int))
        {
            _buffer.Int32Field(CaptureField.Result, (int)(object)value!);
            return;
        }

        _buffer.Field(CaptureField.Result);
        Value(value);
        _buffer.Commit();
    }

    /// <summary>As <see cref="Result{T}"/>, for the text of a span.</summary>
    public void Result(ReadOnlySpan<char> value)
    {
        Succeed();
        if (!Descriptor.CapturesResult) return;
        _buffer.Field(CaptureField.Result);
        if (_secrets.AreNone) _buffer.Text(value);
        else _buffer.Text(_secrets.Clean(value.ToString()));
        _buffer.Commit();
    }

    /// <summary>Notes that the body returned a secret.</summary>
    public void SensitiveResult()
    {
        Succeed();
        if (!Descriptor.CapturesResult) return;
        _buffer.Field(CaptureField.Result);
        _buffer.Marker(CaptureMarkers.Sensitive);
        _buffer.Commit();
    }

    /// <summary>Files this execution under a project that one of its arguments names.</summary>
    public void Project(string? project)
    {
        if (project is { Length: > 0 }) Override(CaptureOverride.Project, project);
    }

    internal void Override(CaptureOverride what, string text)
    {
        if (what == CaptureOverride.Project) _project = text;
        _buffer.Field(CaptureField.Override);
        _buffer.Byte((byte)what);
        _buffer.String(_secrets.Clean(text));
        _buffer.Commit();
    }

    internal void Metadata<T>(string name, T value)
    {
        _buffer.Field(CaptureField.Metadata);
        _buffer.String(name);
        if (SecretValues.IsSecret(name, value))
        {
            SecretCounts.Add(SecretKind.Name);
            _secrets.Add((object?)value);
            _buffer.Marker(CaptureMarkers.Sensitive);
        }
        else
        {
            Value(value);
        }

        _buffer.Commit();
    }

    internal void Tag(string tag)
    {
        _buffer.Field(CaptureField.Tag);
        _buffer.String(_secrets.Clean(tag));
        _buffer.Commit();
    }

    internal void Items(long count)
    {
        _buffer.Field(CaptureField.Items);
        _buffer.Int64(count);
        _buffer.Commit();
    }

    // What runs inside may capture the same value under another name.
    private void Learn<T>(T value)
    {
        if (typeof(T) == typeof(string)) _secrets.Add((string?)(object?)value);
        else _secrets.Add((object?)value);
        if (!_secrets.AreNone && TriggerFlow.Current is { } flow && !Id.IsEmpty && flow.Id == Id) TriggerFlow.Current = flow.With(_secrets);
    }

    // What is captured beside a secret may hold its text.
    private void Value<T>(T value)
    {
        if (_secrets.AreNone || typeof(T).IsPrimitive) CaptureValueWriter.Write(_buffer, value);
        else CaptureGraphWriter.Write(_buffer, value, _secrets);
    }
}
