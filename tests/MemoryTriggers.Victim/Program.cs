using System.Globalization;
using MemoryTriggers;
using MemoryTriggers.Victim;

// A program to be killed: it captures, tells its parent which calls have returned, and never gets to store anything.
await using var memory = await MemoryTriggerService.StartAsync(
    options =>
    {
        options.DataDirectory = args[0];
        options.Project = "victim";
    },
    new HangingBackend());

var work = new Work();
for (var number = 0; number < int.Parse(args[1], CultureInfo.InvariantCulture); number++)
{
    switch (number % 3)
    {
        case 0: work.Add(number); break;
        case 1: await work.AddLaterAsync(number); break;
        default:
            await using (var scope = TriggerScope.Agent("scope", agentType: "victim")) scope.AddMetadata("number", number);
            break;
    }

    // The call has returned: from here on its memory must survive.
    Console.WriteLine(number);
}

await Task.Delay(Timeout.InfiniteTimeSpan);
