using Noctis.Archive.Storage;

namespace Noctis.Archive.Tests.Storage;

public sealed class StoragePathsTests
{
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

    [Fact]
    public void Resolve_WhatRelativeMade_IsBelowTheFacility()
    {
        var paths = new StoragePaths("data");

        string path = paths.Resolve(Facility, StoragePaths.Relative("1.2", "../..", "1.3", Guid.Empty));

        Assert.StartsWith(paths.Facility(Facility) + Path.DirectorySeparatorChar, path, StringComparison.Ordinal);
    }

    [Fact]
    public void Relative_OfTheLongestUids_FitsItsColumn()
    {
        string uid = string.Join('.', Enumerable.Repeat("1", 32)) + "1";

        Assert.InRange(StoragePaths.Relative(uid, uid, uid, Guid.NewGuid()).Length, 1, 300);
    }
}
