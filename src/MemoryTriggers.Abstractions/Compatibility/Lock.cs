// Before .NET 9 a lock is any object.
global using Lock = object;
