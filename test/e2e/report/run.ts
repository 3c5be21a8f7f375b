// Reads reports in Chromium, as people do: `npm run test:report`.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

async function main(): Promise<void> {
  const { default: Mocha } = await import('mocha');
  const mocha = new Mocha({ timeout: 300_000, forbidOnly: true });
  for (const file of readdirSync(__dirname))
    if (file.endsWith('.suite.js')) mocha.addFile(join(__dirname, file));
  await mocha.loadFilesAsync();
  mocha.run((failures) => {
    process.exitCode = failures > 0 ? 1 : 0;
  });
}

void main();
