using System.Text.Json;
using Noctis.Archive.Settings;
using Noctis.Dicom.Data;

namespace Noctis.Archive.Tests.Settings;

public sealed class FacilitySettingsRulesTests
{
    public static TheoryData<FacilitySettings, string> Wrong => new()
    {
        { With(new NetworkSettings { BindAddress = "here" }), "Network.BindAddress" },
        { With(new NetworkSettings { BindAddress = "127" }), "Network.BindAddress" },
        { With(new NetworkSettings { MaxAssociations = 0 }), "Network.MaxAssociations" },
        { With(new NetworkSettings { MaxAssociations = 1001 }), "Network.MaxAssociations" },
        { With(new NetworkSettings { MaxPduLength = 4095 }), "Network.MaxPduLength" },
        { With(new NetworkSettings { MaxPduLength = 1_048_577 }), "Network.MaxPduLength" },
        { With(new NetworkSettings { NetworkTimeoutSeconds = 4 }), "Network.NetworkTimeoutSeconds" },
        { With(new NetworkSettings { AcseTimeoutSeconds = 301 }), "Network.AcseTimeoutSeconds" },
        { With(new NetworkSettings { DimseTimeoutSeconds = -1 }), "Network.DimseTimeoutSeconds" },
        { With(new NetworkSettings { IdleTimeoutSeconds = 3601 }), "Network.IdleTimeoutSeconds" },
        { With(new NetworkSettings { Tls = (TlsMode)9 }), "Network.Tls" },
        { new FacilitySettings { Access = new AccessSettings { AllowedNetworks = ["192.0.2.0/33"] } }, "Access.AllowedNetworks" },
        { new FacilitySettings { Access = new AccessSettings { AllowedNetworks = [.. Enumerable.Range(0, 101).Select(i => $"10.0.{i}.0/24")] } }, "Access.AllowedNetworks" },
        { new FacilitySettings { Access = new AccessSettings { UnknownDevices = (UnknownDevices)9 } }, "Access.UnknownDevices" },
        { new FacilitySettings { SopClasses = new SopClassSettings { OffGroups = [(SopClassGroup)99] } }, "SopClasses.OffGroups" },
        { new FacilitySettings { SopClasses = new SopClassSettings { Exceptions = ["1.2.x"] } }, "SopClasses.Exceptions" },
        { new FacilitySettings { TransferSyntaxes = new TransferSyntaxSettings { Off = ["1.2.3"] } }, "TransferSyntaxes.Off" },
        { new FacilitySettings { TransferSyntaxes = new TransferSyntaxSettings { Off = ["1.2.840.10008.1.2"] } }, "TransferSyntaxes.Off" },
        { new FacilitySettings { Logging = new LoggingSettings { KeepDays = 0 } }, "Logging.KeepDays" },
        { new FacilitySettings { Logging = new LoggingSettings { Level = (LoggingLevel)9 } }, "Logging.Level" },
    };

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public void Validate_OneValueIsOutOfItsRange_NamesIt(FacilitySettings settings, string field)
    {
        var error = Assert.Single(FacilitySettingsRules.Validate(settings));
        Assert.Equal(field, error.Field);
        Assert.NotEmpty(error.Message);
    }

    [Fact]
    public void Validate_TheEndsOfTheRanges_CanBeUsed()
    {
        foreach (var setting in SettingsCatalog.All.Where(setting => setting is { Section: "Network", Limits: not null }))
        {
            foreach (var value in new[] { setting.Limits!.Value.Least, setting.Limits.Value.Most })
            {
                var document = SettingsDocument.Of(FacilitySettings.Default);
                document["Network"]![setting.Name] = value;
                Assert.Empty(FacilitySettingsRules.Validate(SettingsDocument.Read(document)));
            }
        }
    }

    [Theory]
    [InlineData("192.0.2.77/24", "192.0.2.0/24")]
    [InlineData("192.0.2.77", "192.0.2.77/32")]
    [InlineData("0.0.0.0/0", "0.0.0.0/0")]
    [InlineData("2001:db8:1::5/32", "2001:db8::/32")]
    [InlineData(" ::1 ", "::1/128")]
    [InlineData("192.0.2.0/33", null)]
    [InlineData("2001:db8::/129", null)]
    [InlineData("192.0.2.0/-1", null)]
    [InlineData("192.0.2.0/24/8", null)]
    [InlineData("10/8", null)]
    [InlineData("hospital", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void NormalizeNetwork_Text_IsANetworkOrNone(string? text, string? network) => Assert.Equal(network, FacilitySettingsRules.NormalizeNetwork(text));

    [Fact]
    public void Catalog_HasEverySettingOnce_WithItsDefaultInRange()
    {
        var document = SettingsDocument.Of(FacilitySettings.Default);
        var settings = document.SelectMany(section => section.Value!.AsObject().Select(value => $"{section.Key}.{value.Key}")).Order();
        Assert.Equal(settings, SettingsCatalog.All.Select(setting => $"{setting.Section}.{setting.Name}").Order());
        Assert.Empty(FacilitySettingsRules.Validate(FacilitySettings.Default));
    }

    [Theory]
    [InlineData("""{"Network":{"Tls":"Quantum"}}""")]
    [InlineData("""{"Network":null}""")]
    [InlineData("""{"Access":{"AllowedNetworks":null}}""")]
    [InlineData("null")]
    [InlineData("[")]
    public void Read_WhatIsNoDocumentOfOurs_IsAnError(string document) => Assert.ThrowsAny<JsonException>(() => SettingsDocument.Read(document));

    [Fact]
    public void Read_ADocumentWithLessAndMore_HasDefaultsForWhatItLacks()
    {
        var settings = SettingsDocument.Read("""{"Network":{"MaxAssociations":20,"Color":"blue"},"Weather":{"Rain":true}}""");

        Assert.Equal((20, 30, true), (settings.Network.MaxAssociations, settings.Network.AcseTimeoutSeconds, settings.Access.IsCaseSensitive));
    }

    [Fact]
    public void SopClassGroups_HoldEveryStorageClassOnce()
    {
        var listed = SopClassGroups.All.SelectMany(SopClassGroups.ClassesOf).Select(uid => uid.Value).ToList();
        Assert.Equal(DicomUID.StorageSopClasses.Select(uid => uid.Value).Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
        Assert.All(SopClassGroups.All, group => Assert.NotEmpty(SopClassGroups.ClassesOf(group)));
        Assert.Equal(SopClassGroups.All.Count, SopClassGroups.All.Select(SopClassGroups.NameOf).Distinct().Count());
    }

    [Theory]
    [InlineData("1.2.840.10008.5.1.4.1.1.2", SopClassGroup.ComputedTomography)]
    [InlineData("1.2.840.10008.5.1.4.1.1.2.99", SopClassGroup.ComputedTomography)]
    [InlineData("1.2.840.10008.5.1.4.1.1.20", SopClassGroup.NuclearMedicine)]
    [InlineData("1.2.840.10008.5.1.4.1.1.13.1.3", SopClassGroup.Radiography)]
    [InlineData("1.2.840.10008.5.1.4.1.1.13.1.1", SopClassGroup.Angiography)]
    [InlineData("1.2.840.10008.5.1.4.1.1.66.4", SopClassGroup.Segmentation)]
    [InlineData("1.2.840.10008.5.1.4.1.1.66", SopClassGroup.PrivateAndUnknown)]
    [InlineData("1.2.840.10008.5.1.4.1.1.481.5", SopClassGroup.Radiotherapy)]
    [InlineData("1.2.840.10008.5.1.4.34.7", SopClassGroup.Radiotherapy)]
    [InlineData("1.2.840.10008.5.1.4.1.1.9999", SopClassGroup.PrivateAndUnknown)]
    [InlineData("1.3.12.2.1107.5.9.1", SopClassGroup.PrivateAndUnknown)]
    public void SopClassGroups_Of_GoesByTheLongestBranch(string uid, SopClassGroup group) => Assert.Equal(group, SopClassGroups.Of(uid));

    [Fact]
    public void SopClasses_SwitchedByGroupAndSingly_TakeWhatIsLeft()
    {
        const string ct = "1.2.840.10008.5.1.4.1.1.2", enhanced = "1.2.840.10008.5.1.4.1.1.2.1", mr = "1.2.840.10008.5.1.4.1.1.4";
        var all = new SopClassSettings();
        var noCt = all.With(SopClassGroup.ComputedTomography, isTaken: false);
        var enhancedAlone = noCt.With(enhanced, isTaken: true);

        Assert.Equal((true, true, true), (all.Takes(ct), all.Takes(enhanced), all.Takes(mr)));
        Assert.Equal((false, false, true), (noCt.Takes(ct), noCt.Takes(enhanced), noCt.Takes(mr)));
        Assert.Equal((false, true, true), (enhancedAlone.Takes(ct), enhancedAlone.Takes(enhanced), enhancedAlone.Takes(mr)));
        Assert.False(all.With(mr, isTaken: false).Takes(mr));
        Assert.True(all.With(mr, isTaken: false).With(mr, isTaken: true).Takes(mr));
        Assert.True(enhancedAlone.With(SopClassGroup.ComputedTomography, isTaken: true).Takes(enhanced));
    }

    [Fact]
    public void TransferSyntaxGroups_HoldEverySyntaxOfDataSetsOnce()
    {
        var listed = TransferSyntaxGroups.All.SelectMany(group => group.Syntaxes).ToList();
        Assert.Equal(listed.Count, listed.Distinct().Count());
        Assert.Equal(DicomTransferSyntax.All.Count(syntax => syntax.IsDatasetEncoding), listed.Count);
        Assert.Contains(TransferSyntaxGroups.All, group => group.Name == "JPEG lossless" && group.Syntaxes.Contains(DicomTransferSyntax.JPEGLosslessSV1));
        Assert.Contains(TransferSyntaxGroups.All, group => group.Name == "High-throughput JPEG 2000" && group.Syntaxes.Count >= 3);
    }

    private static FacilitySettings With(NetworkSettings network) => new() { Network = network };
}
