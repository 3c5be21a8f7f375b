// What every generator does beside its stories: it reads its options and writes its tables as CSV.
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';

/**
 * Runs a generator as a program. `numbers` are its options by name, each `{ default, least, most, isWhole }`, where `default` may be a
 * function of the options before it. `makeFiles` turns their values into the files `[name, columns, rows]`, whose rows may be made
 * while they are written. An option that cannot be used ends the program with 2 and a complaint, before anything is written.
 */
export async function runGenerator({ help, folder, numbers, makeFiles }) {
  try {
    const options = readOptions(process.argv.slice(2), { folder, numbers });
    if (options.help) {
      process.stdout.write(help);
      return;
    }
    await mkdir(options.out, { recursive: true });
    for (const [name, columns, rows] of makeFiles(options)) {
      await pipeline(Readable.from(csvText(columns, rows)), createWriteStream(join(options.out, name)));
    }
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  }
}

function readOptions(args, { folder, numbers }) {
  const texts = Object.fromEntries(Object.keys(numbers).map((name) => [name, { type: 'string' }]));
  const { values } = parseArgs({
    args,
    options: {
      ...texts,
      out: { type: 'string', default: folder },
      help: { type: 'boolean', default: false },
    },
  });
  const options = { out: values.out, help: values.help };
  for (const [name, rule] of Object.entries(numbers)) {
    const standard = typeof rule.default === 'function' ? rule.default(options) : rule.default;
    options[name] = readNumber(name, values[name] ?? String(standard), rule);
  }
  return options;
}

function readNumber(name, text, { least, most, isWhole = true }) {
  const value = Number(text);
  const isGood =
    text.trim() !== '' && value >= least && value <= most && (!isWhole || Number.isInteger(value));
  if (!isGood)
    throw new Error(
      `--${name} must be a ${isWhole ? 'whole ' : ''}number from ${least} to ${most}, not '${text}'`,
    );
  return value;
}

/** Text in pieces of about 64 kB: the stream takes the next piece only when the disk has taken the last. */
function* csvText(columns, rows) {
  let piece = `${columns.join(',')}\n`;
  for (const row of rows) {
    piece += `${row.map(quote).join(',')}\n`;
    if (piece.length >= 65_536) {
      yield piece;
      piece = '';
    }
  }
  if (piece !== '') yield piece;
}

/** RFC 4180: quotes where a comma, a quote or a line end is in the text, and doubled quotes inside. */
function quote(cell) {
  const text = String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
