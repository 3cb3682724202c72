namespace MemoryTriggers.Secrets;

/// <summary>By what a secret was known.</summary>
internal enum SecretKind
{
    /// <summary>It is marked, or it is the value of something that is.</summary>
    Declared,

    /// <summary>The name of its member.</summary>
    Name,

    /// <summary>A name before it in a text: <c>password=x</c>.</summary>
    Assignment,

    /// <summary>A header of a request, or its scheme: <c>Bearer x</c>.</summary>
    Header,

    /// <summary>Credentials or a parameter of an address.</summary>
    Address,

    /// <summary>The form of a token that a service issues, or of a JSON web token.</summary>
    Token,

    /// <summary>A key in PEM.</summary>
    Key,

    /// <summary>The number of a card.</summary>
    Card,

    /// <summary>A pattern of the program's own.</summary>
    Pattern,
}
