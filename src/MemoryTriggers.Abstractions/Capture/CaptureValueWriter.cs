using System.Runtime.CompilerServices;

namespace MemoryTriggers.Capture;

/// <summary>Writes a value of a type known at compile time. For primitives the JIT leaves one branch and two stores.</summary>
internal static class CaptureValueWriter
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write<T>(CaptureBuffer buffer, T value)
    {
        if (typeof(T) == typeof(int))
        {
            buffer.Code(CaptureValue.Int32);
            buffer.Int32((int)(object)value!);
        }
        else if (typeof(T) == typeof(long))
        {
            buffer.Code(CaptureValue.Int64);
            buffer.Int64((long)(object)value!);
        }
        else if (typeof(T) == typeof(bool))
        {
            buffer.Code((bool)(object)value! ? CaptureValue.True : CaptureValue.False);
        }
        else if (typeof(T) == typeof(double))
        {
            buffer.Code(CaptureValue.Double);
            buffer.Int64(BitConverter.DoubleToInt64Bits((double)(object)value!));
        }
        else if (typeof(T) == typeof(Guid))
        {
            buffer.Code(CaptureValue.Guid);
            buffer.Guid((Guid)(object)value!);
        }
        else if (typeof(T) == typeof(TimeSpan))
        {
            buffer.Code(CaptureValue.TimeSpan);
            buffer.Int64(((TimeSpan)(object)value!).Ticks);
        }
        else if (typeof(T) == typeof(string))
        {
            if (value is null) buffer.Code(CaptureValue.Null);
            else buffer.Text((string)(object)value);
        }
        else
        {
            Object(buffer, value);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Object(CaptureBuffer buffer, object? value) => CaptureGraphWriter.Write(buffer, value);
}
