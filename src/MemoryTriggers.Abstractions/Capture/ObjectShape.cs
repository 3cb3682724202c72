using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace MemoryTriggers.Capture;

/// <summary>
/// What can be captured of a type without running its code: public fields, and public properties backed by a
/// compiler-generated field. Computed properties are left out. Kept per type for as long as the type lives.
/// </summary>
internal sealed class ObjectShape
{
    private const BindingFlags Instance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
    private static readonly ConditionalWeakTable<Type, ObjectShape> Shapes = new();

    private ObjectShape(IReadOnlyList<Member> members) => Members = members;

    public IReadOnlyList<Member> Members { get; }

    public static ObjectShape Of(Type type) => Shapes.GetValue(type, static key => new ObjectShape(Read(key)));

    [UnconditionalSuppressMessage("Trimming", "IL2070",
        Justification = "A member that was trimmed away is not captured, and nothing else depends on it.")]
    [UnconditionalSuppressMessage("Trimming", "IL2075",
        Justification = "A member that was trimmed away is not captured, and nothing else depends on it.")]
    private static List<Member> Read(Type type)
    {
        var members = new List<Member>();
        for (var level = type; level is not null && level != typeof(object) && level != typeof(ValueType); level = level.BaseType)
        {
            foreach (var property in level.GetProperties(Instance))
            {
                if (members.Count == CaptureFormat.MaxMembers) return members;
                if (property.GetMethod is not { IsPublic: true } || property.GetIndexParameters().Length > 0) continue;
                if (members.Exists(member => member.Name == property.Name)) continue;

                var field = level.GetField($"<{property.Name}>k__BackingField", Instance)
                    ?? level.GetField($"<{property.Name}>i__Field", Instance);
                if (field is not null && !field.FieldType.IsPointer)
                    members.Add(new Member(property.Name, field, IsSensitive(type, property)));
            }

            foreach (var field in level.GetFields(Instance))
            {
                if (members.Count == CaptureFormat.MaxMembers) return members;
                if (!field.IsPublic || field.FieldType.IsPointer || field.FieldType.IsByRef) continue;
                members.Add(new Member(field.Name, field, field.IsDefined(typeof(SensitiveAttribute))));
            }
        }

        return members;
    }

    [UnconditionalSuppressMessage("Trimming", "IL2070",
        Justification = "A constructor that was trimmed away has no parameters that could be marked.")]
    private static bool IsSensitive(Type type, PropertyInfo property) =>
        property.IsDefined(typeof(SensitiveAttribute)) ||
        property.PropertyType.IsDefined(typeof(SensitiveAttribute)) ||
        // record Login(string User, [Sensitive] string Password): the attribute lands on the parameter.
        type.GetConstructors().SelectMany(constructor => constructor.GetParameters())
            .Any(parameter => parameter.Name == property.Name && parameter.IsDefined(typeof(SensitiveAttribute)));

    internal readonly record struct Member(string Name, FieldInfo Field, bool IsSensitive);
}
