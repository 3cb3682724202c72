using System.Globalization;
using System.Text;
using System.Text.Json;

namespace System;

/// <summary>Members of .NET 9 and 10 that read and write text.</summary>
internal static class Parsing
{
    extension(Convert)
    {
        public static string ToHexStringLower(ReadOnlySpan<byte> bytes)
        {
            var text = new StringBuilder(bytes.Length * 2);
            foreach (var value in bytes) text.Append(value.ToString("x2", CultureInfo.InvariantCulture));
            return text.ToString();
        }
    }

    extension(JsonElement)
    {
        public static JsonElement Parse(string json)
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.Clone();
        }
    }
}
