// Compiled by MSBuild while it builds, not into the portal: reads a resource out of an assembly without loading it.
using System;
using System.IO;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

public sealed class ExtractManifestResource : Task
{
    [Required]
    public string Assembly { get; set; }

    [Required]
    public string Resource { get; set; }

    [Required]
    public string Destination { get; set; }

    public override bool Execute()
    {
        using (var file = new PEReader(File.OpenRead(Assembly)))
        {
            var metadata = file.GetMetadataReader();
            foreach (var handle in metadata.ManifestResources)
            {
                var resource = metadata.GetManifestResource(handle);
                if (metadata.GetString(resource.Name) != Resource)
                    continue;

                // ECMA-335 II.24.2.4: a resource is its length in four bytes, then its content.
                var start = file.PEHeaders.CorHeader.ResourcesDirectory.RelativeVirtualAddress + (int)resource.Offset;
                var content = file.GetSectionData(start).GetReader();
                Directory.CreateDirectory(Path.GetDirectoryName(Destination));
                File.WriteAllBytes(Destination, content.ReadBytes(content.ReadInt32()));
                return true;
            }
        }

        Log.LogError("{0} holds no resource {1}.", Assembly, Resource);
        return false;
    }
}
