// Bundles styles, scripts, the font and the icon sprite into the folder given as argument (the portal's wwwroot/assets).
import { build } from 'esbuild';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

const target = path.resolve(process.argv[2] ?? '../src/Noctis.Portal/wwwroot/assets');
const root = import.meta.dirname;

// Only what this script makes is cleared: Blazor's script lies in the same folder.
for (const name of ['fonts', 'site.css', 'site.js', 'icons.svg', 'favicon.svg'])
  await rm(path.join(target, name), { recursive: true, force: true });
await mkdir(target, { recursive: true });

await build({
  entryPoints: { site: path.join(root, 'styles/site.css') },
  outdir: target,
  bundle: true,
  minify: true,
  loader: { '.woff2': 'file' },
  assetNames: 'fonts/[name]',
  target: ['chrome112', 'firefox117', 'safari16.5'],
});

await build({
  entryPoints: { site: path.join(root, 'scripts/site.js') },
  outdir: target,
  bundle: true,
  minify: true,
  format: 'iife',
  target: ['es2022'],
});

// One sprite: <use href="icons.svg#name"> in the Icon component. Each file holds shapes alone; stroke and size come from styles.
const names = (await readdir(path.join(root, 'icons'))).filter(name => name.endsWith('.svg')).sort();
const symbols = await Promise.all(names.map(async name => {
  const shapes = (await readFile(path.join(root, 'icons', name), 'utf8')).replace(/<\/?svg[^>]*>/g, '').replace(/\s*\n\s*/g, '');
  return `<symbol id="${path.basename(name, '.svg')}" viewBox="0 0 24 24">${shapes}</symbol>`;
}));
await writeFile(path.join(target, 'icons.svg'), `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>\n`);

await cp(path.join(root, 'static'), target, { recursive: true });
