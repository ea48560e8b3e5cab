using Noctis.Archive.Database;
using Noctis.Archive.Storage;
using Noctis.Dicom.Data;
using Noctis.Testing.Databases;
using Noctis.Testing.Dicom;

namespace Noctis.Archive.Tests.Ingest;

/// <summary>Files that are named by an Instance Number, which is text that anybody may send.</summary>
public sealed class InstanceNumberTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    public static TheoryData<string, string> Numbers() => new()
    {
        { "12", "000012" },
        { "-12", "minus000012" },
        { "-0", "000000" },
        { "+5", "000005" },
        { " 12 ", "000012" },
        { "-", "000000" },
        { "--help", "000000" },
        { "", "000000" },
        { "../../12", "000000" },
        { "1/2", "000000" },
        { "99999999999", "000000" },
        { new string('9', 4000), "000000" },
        { "-" + new string('9', 4000), "000000" },
    };

    [Theory]
    [MemberData(nameof(Numbers))]
    public async Task Store_NamedByInstanceNumber_IsStoredUnderAHarmlessName(string number, string expected)
    {
        TestDatabase database = await databases.OpenAsync(DatabaseProviderKind.Sqlite);
        FacilityScope scope = await database.AddFacilityAsync();
        await using (NoctisDbContext context = database.For(scope))
        {
            context.Add(new StorageSettings { Layout = StorageLayout.Flat, FileNaming = FileNaming.InstanceNumber });
            await context.SaveChangesAsync();
        }

        DicomDataset dataset = new PhantomImage().ToDataset().SetString(DicomTag.InstanceNumber, number);
        (await database.Services.SendAsync(scope, dataset)).Stored();

        string path = Assert.Single(new FacilityDisk(database, scope.FacilityId).Objects());
        Assert.Equal(expected, Path.GetFileName(path).Split('.')[0]);
    }
}
