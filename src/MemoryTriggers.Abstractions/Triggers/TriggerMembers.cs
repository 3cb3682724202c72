namespace MemoryTriggers;

/// <summary>Which methods a trigger on a type or an assembly applies to, by their declared accessibility.</summary>
[Flags]
public enum TriggerMembers
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Public methods.</summary>
    Public = 1,

    /// <summary>Internal methods, and <c>protected internal</c> ones.</summary>
    Internal = 2,

    /// <summary>Protected methods, and <c>private protected</c> ones.</summary>
    Protected = 4,

    /// <summary>Private methods, and explicit implementations of interface members.</summary>
    Private = 8,

    /// <summary>The accessors of properties, indexers and events as well, where their accessibility is chosen.</summary>
    Accessors = 16,

    /// <summary>Methods of every accessibility, without accessors.</summary>
    AllMethods = Public | Internal | Protected | Private,
}
