using Noctis.Archive.Settings;
using Noctis.Testing;

namespace Noctis.Archive.Tests.Settings;

public sealed class SettingsPageTests
{
    [Fact]
    public async Task SettingsPage_SaysOfEverySettingWhatTheProductSays()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "settings.md"));

        foreach (var setting in SettingsCatalog.All)
        {
            var title = setting.IsForAdministrators ? $"{setting.Title} †" : setting.Title;
            Assert.Contains($"| {title} | {setting.Sentence} | {setting.Default} | {setting.Range} |", page, StringComparison.Ordinal);
        }
    }
}
