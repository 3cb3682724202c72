using MemoryTriggers.Tests;

namespace MemoryTriggers.Reports;

public sealed class FailureTextTests
{
    [Theory]
    [InlineData("System.InvalidOperationException : out of order", "System.InvalidOperationException", "out of order")]
    [InlineData("Shop.Errors+NoStock`1: out: of order ", "Shop.Errors+NoStock`1", "out: of order")]
    [InlineData("Test method Shop.Tests.Pays threw exception: \nSystem.InvalidOperationException: out of order", "System.InvalidOperationException", "out of order")]
    [InlineData("Assert.IsFalse failed. ", "assertion", "Assert.IsFalse failed.")]
    [InlineData("Assert.Equal() Failure: Values differ", "assertion", "Assert.Equal() Failure: Values differ")]
    [InlineData("", "assertion", "")]
    public void Of_WhatAFrameworkSays_HasTypeAndMessage(string said, string type, string message) => Assert.Equal(new FailureText(type, message), FailureText.Of(said));
}
