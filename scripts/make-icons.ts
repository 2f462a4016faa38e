/** `npm run icons`: draws every picture of the app from assets/icons/icon.svg, for the commit; nothing else runs it. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { macIcon } from './icons/drawings.ts';
import { ICNS, ICO, ICO_SIZES, PICTURES, SOURCE } from './icons/files.ts';
import { ICNS_TYPES, writeIcns } from './icons/icns.ts';
import { writeIco } from './icons/ico.ts';
import { ensureChromium } from './test/chromium.ts';

const assets = path.join(import.meta.dirname, '..', 'assets');
const icon = readFileSync(path.join(assets, SOURCE), 'utf8');

async function render(page: Page, drawing: string, size: number): Promise<Buffer> {
  await page.setViewportSize({ width: size, height: size });
  const sized = drawing.replace(
    '<svg',
    `<svg width="${size}" height="${size}" style="display:block"`,
  );
  await page.setContent(`<body style="margin:0">${sized}</body>`);
  return page.screenshot({ omitBackground: true });
}

async function renderAll(
  page: Page,
  drawing: string,
  sizes: readonly number[],
): Promise<ReadonlyMap<number, Buffer>> {
  const rendered = new Map<number, Buffer>();
  for (const size of sizes) rendered.set(size, await render(page, drawing, size));
  return rendered;
}

function write(file: string, content: Buffer): void {
  const target = path.join(assets, file);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, content);
  console.log(`assets/${file}: ${content.length} bytes`);
}

const browser = await chromium.launch({
  executablePath: ensureChromium(),
  // The script shows the browser nothing but our own drawings.
  args: ['--no-sandbox'],
});
const page = await browser.newPage();
for (const { path: file, size, draw } of PICTURES)
  write(file, await render(page, draw(icon), size));
const windows = await renderAll(page, icon, ICO_SIZES);
write(ICO, writeIco([...windows.values()]));
const mac = await renderAll(page, macIcon(icon), [...new Set(Object.values(ICNS_TYPES))]);
write(
  ICNS,
  writeIcns((size) => mac.get(size) ?? Buffer.alloc(0)),
);
await browser.close();
