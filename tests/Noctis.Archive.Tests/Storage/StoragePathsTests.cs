using Noctis.Archive.Ingest;
using Noctis.Archive.Storage;

namespace Noctis.Archive.Tests.Storage;

public sealed class StoragePathsTests
{
    private static readonly Guid Version = Guid.CreateVersion7();
    private static readonly Guid Facility = Guid.Parse("11111111-2222-3333-4444-555555555555");

    [Theory]
    [InlineData("1.2.840.10008.1.2")]
    [InlineData("2.25.329800735698586629295641978511506172918")]
    [InlineData("0")]
    [InlineData("1.002.3")]
    public void SafeName_OfAUid_IsTheUid(string uid) => Assert.Equal(uid, StoragePaths.SafeName(uid));

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("1..2")]
    [InlineData(".1")]
    [InlineData("1.")]
    [InlineData("../../etc/passwd")]
    [InlineData("..\\..\\windows")]
    [InlineData("CON")]
    [InlineData("C:")]
    [InlineData("a\0b")]
    [InlineData("x-0000000000000000000000000000000000000000")]
    [InlineData("日本")]
    [InlineData("１.２")]
    [InlineData("1.2345678901234567890123456789012345678901234567890123456789012345")]
    public void SafeName_OfAnythingElse_IsAHash(string identifier) => Assert.Matches("^x-[0-9a-f]{40}$", StoragePaths.SafeName(identifier));

    [Fact]
    public void SafeName_OfDifferentIdentifiers_Differs()
    {
        string[] identifiers = ["a", "A", "a ", "á", "..", ".", "", "1.", "1..", new string('9', 65), new string('9', 66)];

        Assert.Equal(identifiers.Length, identifiers.Select(StoragePaths.SafeName).Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Theory]
    [InlineData("../other/studies/1/2/3.dcm")]
    [InlineData("studies/../../x")]
    [InlineData("/etc/passwd")]
    [InlineData("..")]
    [InlineData("")]
    public void Resolve_PathThatLeadsOutOfTheFacility_Throws(string relative) =>
        Assert.Throws<InvalidOperationException>(() => new StoragePaths("data").Resolve(Facility, relative));

    [Fact]
    public void Resolve_FacilityWhoseNameBeginsAlike_Throws() =>
        Assert.Throws<InvalidOperationException>(() => new StoragePaths("data").Resolve(Facility, $"../{Facility:N}0/studies/1.dcm"));

    public static TheoryData<StorageLayout, FileNaming> Placements()
    {
        var all = new TheoryData<StorageLayout, FileNaming>();
        foreach (StorageLayout layout in Enum.GetValues<StorageLayout>())
        {
            foreach (FileNaming naming in Enum.GetValues<FileNaming>()) all.Add(layout, naming);
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(Placements))]
    public void Resolve_WhatRelativeMadeOfHostileIdentifiers_IsBelowTheFacility(StorageLayout layout, FileNaming naming)
    {
        var paths = new StoragePaths("data");
        string[] hostile = ["../..", "/etc", "C:\\", "a\0b", "..", "", "CON", new string('/', 64)];

        foreach (string identifier in hostile)
        {
            var identity = new ObjectIdentity(identifier, identifier, identifier, PatientKey.For(identifier, identifier, identifier), -1);
            string relative = StoragePaths.Relative(new Placement(layout, naming, long.MaxValue), identity, Version);
            Assert.StartsWith(paths.Facility(Facility) + Path.DirectorySeparatorChar, paths.Resolve(Facility, relative), StringComparison.Ordinal);
            Assert.Matches("^[a-z]+(/[0-9a-z.-]+)*/[0-9A-Zx.a-z-]+\\.[0-9a-f]{32}\\.dcm$", relative);
        }
    }

    [Theory]
    [MemberData(nameof(Placements))]
    public void Relative_OfTheLongestUids_FitsItsColumn(StorageLayout layout, FileNaming naming)
    {
        string uid = string.Join('.', Enumerable.Repeat("1", 32)) + "1";
        var identity = new ObjectIdentity(uid, uid, uid, PatientKey.For(uid, uid, uid), int.MaxValue);

        Assert.InRange(StoragePaths.Relative(new Placement(layout, naming, long.MaxValue), identity, Version).Length, 1, 300);
    }

    [Theory]
    [MemberData(nameof(Placements))]
    public void Relative_OfTwoVersionsOfOneObject_DiffersAlsoWithoutCase(StorageLayout layout, FileNaming naming)
    {
        var identity = new ObjectIdentity("1.2", "1.3", "1.4", PatientKey.For("A", null, "1.2"), 5);

        string first = StoragePaths.Relative(new Placement(layout, naming, 1), identity, Version);
        string second = StoragePaths.Relative(new Placement(layout, naming, 1), identity, Guid.CreateVersion7());

        Assert.NotEqual(first, second, StringComparer.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(StorageLayout.Series, FileNaming.SopInstanceUid, "studies/1.2/1.3/1.4")]
    [InlineData(StorageLayout.Study, FileNaming.InstanceNumber, "studies/1.2/000005")]
    [InlineData(StorageLayout.Patient, FileNaming.SopInstanceUid, "patients/9671d93d9f46446fe09fdf9ec2a0a9cc/1.2/1.4")]
    [InlineData(StorageLayout.Date, FileNaming.Timestamp, "dates/2026/01/02/1.2/20260102T030405006")]
    [InlineData(StorageLayout.Flat, FileNaming.Sequence, "objects/000000007")]
    public void Relative_OfEachLayoutAndName_IsAsDocumented(StorageLayout layout, FileNaming naming, string expected)
    {
        var received = new DateTimeOffset(2026, 1, 2, 3, 4, 5, 6, TimeSpan.Zero);
        var version = Guid.CreateVersion7(received);
        string patient = layout == StorageLayout.Patient ? expected.Split('/')[1] : "p";

        string relative = StoragePaths.Relative(new Placement(layout, naming, 7), new ObjectIdentity("1.2", "1.3", "1.4", patient, 5), version);

        Assert.Equal($"{expected}.{version:N}.dcm", relative);
    }

    [Theory]
    [InlineData(0, "000000")]
    [InlineData(5, "000005")]
    [InlineData(1234567, "1234567")]
    [InlineData(int.MaxValue, "2147483647")]
    [InlineData(-5, "minus000005")]
    [InlineData(int.MinValue, "minus2147483648")]
    public void Relative_NamedByInstanceNumber_IsNoOptionToACommand(int number, string expected)
    {
        string relative = StoragePaths.Relative(new Placement(StorageLayout.Flat, FileNaming.InstanceNumber, 0), new ObjectIdentity("1.2", "1.3", "1.4", "p", number), Version);

        Assert.Equal($"objects/{expected}.{Version:N}.dcm", relative);
    }

    [Theory]
    [MemberData(nameof(Placements))]
    public void Placement_FromItsCode_IsTheSame(StorageLayout layout, FileNaming naming)
    {
        var placement = new Placement(layout, naming, 1234567890123);

        Assert.True(Placement.TryParse(placement.Code, out Placement read));
        Assert.Equal(placement, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("su")]
    [InlineData("xu0")]
    [InlineData("sx0")]
    [InlineData("su-1")]
    [InlineData("su1x")]
    [InlineData("su99999999999999999999")]
    public void Placement_FromAnythingElse_IsNone(string code) => Assert.False(Placement.TryParse(code, out _));
}
