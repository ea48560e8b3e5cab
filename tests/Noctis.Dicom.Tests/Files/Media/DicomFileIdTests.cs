using Noctis.Dicom.Data;
using Noctis.Dicom.Files.Media;

namespace Noctis.Dicom.Tests.Files.Media;

public sealed class DicomFileIdTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("noctis-media-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("..", "X")]
    [InlineData("A", "..", "X")]
    [InlineData(".", "X")]
    [InlineData("", "X")]
    [InlineData(". .", "X")]
    [InlineData("/etc", "passwd")]
    [InlineData("A/../..", "X")]
    [InlineData("A\\..", "X")]
    [InlineData("C:", "X")]
    [InlineData("A:stream")]
    [InlineData("A\0B")]
    [InlineData("CON")]
    [InlineData("nul.txt")]
    [InlineData("COM1")]
    [InlineData]
    public void Create_WhatCouldLeadOutOfTheFolder_IsRefused(params string[] components)
    {
        Assert.False(DicomFileId.TryCreate(components, out _));
        Assert.Throws<DicomDataException>(() => DicomFileId.Create(components));
    }

    [Theory]
    [InlineData(true, "DICOM", "IM_00001")]
    [InlineData(true, "1", "2", "3", "4", "5", "6", "7", "8")]
    [InlineData(false, "1", "2", "3", "4", "5", "6", "7", "8", "9")]
    [InlineData(false, "DICOM", "IMAGE0001")]
    [InlineData(false, "dicom")]
    [InlineData(false, "IM1.DCM")]
    [InlineData(false, "IM 1")]
    [InlineData(false, "IM-1")]
    [InlineData(false, "ÄÖ")]
    public void IsConformant_Components_AreHeldToTheStandard(bool expected, params string[] components) =>
        Assert.Equal(expected, DicomFileId.Create(components).IsConformant);

    [Theory]
    [InlineData("DICOM/IM1", "DICOM", "IM1")]
    [InlineData("dicom/im1", "DICOM", "IM1")]
    [InlineData("DICOM/IM1;1", "DICOM", "IM1")]
    [InlineData("dicom/im1.", "DICOM", "IM1")]
    public void Find_NameAsMediaAreMounted_IsFound(string path, params string[] components)
    {
        var file = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "");

        Assert.Equal(file, DicomFileId.Create(components).Find(_folder));
    }

    [Fact]
    public void Find_ExactNameBesideOthers_IsPreferred()
    {
        File.WriteAllText(Path.Combine(_folder, "im1"), "");
        File.WriteAllText(Path.Combine(_folder, "IM1"), "");

        Assert.Equal(Path.Combine(_folder, "IM1"), DicomFileId.Create("IM1").Find(_folder));
    }

    [Fact]
    public void Find_NothingOrAFolder_IsNull()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "A"));

        Assert.Null(DicomFileId.Create("A").Find(_folder));
        Assert.Null(DicomFileId.Create("A", "B").Find(_folder));
        Assert.Null(DicomFileId.Create("B", "C").Find(_folder));
    }

    [Fact]
    public void Find_LinkToElsewhere_IsNotFollowed()
    {
        var media = Directory.CreateDirectory(Path.Combine(_folder, "media")).FullName;
        var secret = Path.Combine(_folder, "SECRET");
        File.WriteAllText(secret, "");
        File.CreateSymbolicLink(Path.Combine(media, "LINK"), secret);
        Directory.CreateSymbolicLink(Path.Combine(media, "UP"), _folder);

        Assert.Null(DicomFileId.Create("LINK").Find(media));
        Assert.Null(DicomFileId.Create("UP", "SECRET").Find(media));
    }
}
