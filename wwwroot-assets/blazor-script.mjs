// Takes Blazor's browser script out of the assembly that carries it as a resource; docs/decisions/0007-blazor-script.md says why.
// node blazor-script.mjs <Microsoft.AspNetCore.Components.Endpoints.dll> <target file> <SHA-256 of the script>
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

const [assembly, target, expected] = process.argv.slice(2);
const file = await readFile(assembly);

// The PE format's way to the resources (ECMA-335 II.25): headers, sections, CLI header, its Resources directory.
const pe = file.readUInt32LE(0x3c);
const sectionCount = file.readUInt16LE(pe + 6);
const optional = pe + 24;
const directories = optional + (file.readUInt16LE(optional) === 0x20b ? 112 : 96);
const sections = optional + file.readUInt16LE(pe + 20);

function offsetOf(address) {
  for (let at = sections; at < sections + sectionCount * 40; at += 40) {
    const start = file.readUInt32LE(at + 12);
    if (address >= start && address < start + file.readUInt32LE(at + 16)) return address - start + file.readUInt32LE(at + 20);
  }
  throw new Error(`${assembly} is not an assembly that this script can read.`);
}

const cli = offsetOf(file.readUInt32LE(directories + 14 * 8));
const resources = offsetOf(file.readUInt32LE(cli + 24));
const end = resources + file.readUInt32LE(cli + 28);

// Each resource is its length and its content, and begins at a multiple of eight. The digest says which is the script, and that it is whole.
for (let at = resources; at + 4 < end;) {
  const content = file.subarray(at + 4, at + 4 + file.readUInt32LE(at));
  if (createHash('sha256').update(content).digest('hex') === expected) {
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, content);
    process.exit(0);
  }
  at = resources + Math.ceil((at + 4 + content.length - resources) / 8) * 8;
}
throw new Error(`${assembly} does not hold the expected script. If the version was changed, change the digest with it.`);
