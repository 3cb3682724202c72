namespace MemoryTriggers.Configuration;

/// <summary>What a key holds.</summary>
internal enum SettingKind
{
    Truth,
    Integer,
    Number,
    Text,
    List,
    Section,
    Map,
}
