using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;

namespace MemoryTriggers.Files;

/// <summary>
/// Files and folders of Windows for the user, the system and its administrators alone: what the folder above would pass on is cut off.
/// </summary>
[SupportedOSPlatform("windows")]
internal static class WindowsAccess
{
    public static FileStream Create(string path, FileStreamOptions options)
    {
        var security = new FileSecurity();
        Restrict(security, InheritanceFlags.None);
        var rights = options.Access switch
        {
            FileAccess.Read => FileSystemRights.Read,
            FileAccess.Write => FileSystemRights.Write,
            _ => FileSystemRights.Read | FileSystemRights.Write,
        };
        if ((options.Options & FileOptions.DeleteOnClose) != 0) rights |= FileSystemRights.Delete;
        return new FileInfo(path).Create(options.Mode, rights, options.Share, Math.Max(1, options.BufferSize), options.Options, security);
    }

    /// <summary>Makes a folder whose files and folders get the same access. Harmless when there is one.</summary>
    public static void CreateDirectory(string path)
    {
        var security = new DirectorySecurity();
        Restrict(security, InheritanceFlags.ContainerInherit | InheritanceFlags.ObjectInherit);
        security.CreateDirectory(path);
    }

    private static void Restrict(FileSystemSecurity security, InheritanceFlags inheritance)
    {
        using var user = WindowsIdentity.GetCurrent();
        security.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
        SecurityIdentifier?[] allowed =
        [
            user.User,
            new SecurityIdentifier(WellKnownSidType.LocalSystemSid, null),
            new SecurityIdentifier(WellKnownSidType.BuiltinAdministratorsSid, null),
        ];
        foreach (var identity in allowed.OfType<SecurityIdentifier>())
        {
            security.AddAccessRule(new FileSystemAccessRule(
                identity, FileSystemRights.FullControl, inheritance, PropagationFlags.None, AccessControlType.Allow));
        }
    }
}
