namespace MemoryTriggers.Capture;

/// <summary>The binary layout of a capture record. Written by <see cref="CaptureRecord"/>, read by the runtime.</summary>
internal static class CaptureFormat
{
    public const byte Version = 1;

    public const int HeadSize = CaptureHead.Size;

    /// <summary>The offset of <see cref="CaptureHead.Flags"/>.</summary>
    public const int FlagsOffset = 2;

    /// <summary>A record is cut at this many bytes; what does not fit is marked.</summary>
    public const int MaxRecordBytes = 64 * 1024;

    /// <summary>Kept free behind the limit, for the marks and the exception of a record that is full.</summary>
    public const int Reserve = 4 * 1024;

    /// <summary>A string is cut at this many characters.</summary>
    public const int MaxStringLength = 4 * 1024;

    public const int MaxDepth = 6;
    public const int MaxItems = 10;
    public const int MaxMembers = 32;

    /// <summary>The members of an exception and of those inside it take at most this many bytes.</summary>
    public const int MaxExceptionMembers = 2 * 1024;

    /// <summary>The depth of a member of an exception: a collection of objects.</summary>
    public const int MaxExceptionDepth = 2;
}

/// <summary>The fields that follow the head, until the end of the record.</summary>
internal enum CaptureField : byte
{
    Argument = 1,           // index, value
    Result = 2,             // value
    Exception = 3,          // type, message, stack trace (strings); inner exceptions follow as further fields
    Metadata = 4,           // name, value
    Tag = 5,                // string
    Override = 6,           // CaptureOverride, string
    HandledException = 7,   // as Exception
    Items = 8,              // 64 bits: how many items a sequence yielded
    ExceptionMember = 9,    // name, value: of the exception before it
}

/// <summary>The parts of the definition that a record replaces.</summary>
internal enum CaptureOverride : byte
{
    Operation = 1,
    Project = 2,
    Subject = 3,
    Source = 4,
    Category = 5,
    Content = 6,            // one that is too long for a string follows in further pieces
    Agent = 7,
    Session = 8,
    Task = 9,
    User = 10,
    Correlation = 11,
    Key = 12,
    EchoOf = 13,            // the id of the memory of the same failure
    CountedAs = 14,         // no memory, but one more of this in the counts of operations
}

[Flags]
internal enum CaptureFlags : byte
{
    None = 0,

    /// <summary>Replaces an earlier record of the same id.</summary>
    Correction = 1,

    /// <summary>Something did not fit.</summary>
    Truncated = 2,

    /// <summary>The outcome may still change: a correction may follow.</summary>
    Provisional = 4,
}

/// <summary>The kind of a value, in front of it.</summary>
internal enum CaptureValue : byte
{
    Null,
    False,
    True,
    Int32,
    Int64,
    UInt64,
    Double,
    Decimal,
    String,             // length (7 bits a byte), UTF-8
    TruncatedString,    // original number of characters, string
    Guid,
    DateTime,           // DateTime.ToBinary
    DateTimeOffset,     // UTC ticks, minutes of offset (16 bits)
    TimeSpan,
    Object,             // (name, value)*, End: a name is a String
    Array,              // value*, End
    End,
    Marker,             // string: why there is no value
    More,               // 32 bits: how many further items were left out; -1 when unknown
    Single,
}
