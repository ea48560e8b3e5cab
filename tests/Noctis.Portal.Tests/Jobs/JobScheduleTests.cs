using Noctis.Portal.Jobs;

namespace Noctis.Portal.Tests.Jobs;

public sealed class JobScheduleTests
{
    [Theory]
    [InlineData("off", "Off")]
    [InlineData(" OFF ", "Off")]
    [InlineData("every 15 seconds", "Every 15 seconds")]
    [InlineData("Every 15 s", "Every 15 seconds")]
    [InlineData("every second", "Every second")]
    [InlineData("every 1 min", "Every minute")]
    [InlineData("every 90 minutes", "Every 90 minutes")]
    [InlineData("every 2 h", "Every 2 hours")]
    [InlineData("daily at 02:30", "Every day at 02:30")]
    [InlineData("daily 2:05", "Every day at 02:05")]
    [InlineData("sundays at 03:00", "Every Sunday at 03:00")]
    [InlineData("Wednesday at 23:59", "Every Wednesday at 23:59")]
    [InlineData("0 0/10 8-18 ? * MON-FRI", "By cron: 0 0/10 8-18 ? * MON-FRI")]
    public void Schedule_AsPeopleWriteIt_IsSaidInWords(string text, string words) => Assert.Equal(words, JobSchedule.Parse(text).Words);

    [Theory]
    [InlineData("")]
    [InlineData("often")]
    [InlineData("every 0 seconds")]
    [InlineData("every -1 minutes")]
    [InlineData("every 15")]
    [InlineData("every 33 days")]
    [InlineData("every 800 hours")]
    [InlineData("every 9999999 seconds")]
    [InlineData("daily at 24:00")]
    [InlineData("daily at noon")]
    [InlineData("someday at 03:00")]
    [InlineData("* * * * *")]
    [InlineData("0 61 * * * ?")]
    public void Schedule_ThatMeansNothing_IsRefused(string text)
    {
        Assert.False(JobSchedule.TryParse(text, out _));
        Assert.Contains("daily at 02:30", Assert.Throws<FormatException>(() => JobSchedule.Parse(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Schedule_ByTheClock_IsOfTheServersZone()
    {
        var before = new DateTime(2026, 6, 3, 12, 0, 0, DateTimeKind.Local);

        Assert.Equal(new DateTime(2026, 6, 3, 2, 30, 0, DateTimeKind.Local), JobSchedule.Parse("daily at 02:30").PreviousBefore(before)!.Value.LocalDateTime);
        Assert.Equal(new DateTime(2026, 5, 31, 3, 0, 0, DateTimeKind.Local), JobSchedule.Parse("sundays at 03:00").PreviousBefore(before)!.Value.LocalDateTime);
        Assert.Null(JobSchedule.Parse("every hour").PreviousBefore(before));
    }

    [Fact]
    public void Settings_WithFaults_AreRefusedWithKeyValueAndFix()
    {
        var options = new JobsOptions { StopSeconds = 301, Schedule = { ["Fake"] = "now and then", ["Fakd"] = "off" } };

        var faults = new JobsOptionsValidator(new JobList([FakeWork.Job("every hour"), FakeWork.Job("every hour", "Other")])).Validate(null, options).Failures!.ToList();

        Assert.Equal(3, faults.Count);
        Assert.StartsWith("Jobs:Schedule:Fake is \"now and then\". Write \"off\", ", faults[0], StringComparison.Ordinal);
        Assert.Equal("Jobs:Schedule:Fakd names no job. The jobs are Fake, Other.", faults[1]);
        Assert.StartsWith("Jobs:StopSeconds is 301.", faults[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_ThatAreEmptyOrRight_AreTaken()
    {
        var options = new JobsOptions { Schedule = { ["FAKE"] = "daily at 04:00", ["Other"] = " " } };
        var jobs = new JobList([FakeWork.Job("every hour"), FakeWork.Job("every hour", "Other")]);

        Assert.True(new JobsOptionsValidator(jobs).Validate(null, options).Succeeded);
        Assert.Equal("Every day at 04:00", options.Of(jobs.All[0]).Words);
        Assert.Equal("Every hour", options.Of(jobs.All[1]).Words);
    }
}
