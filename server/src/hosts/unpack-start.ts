import type { Packing } from '../core/ports.ts';

/** Bytes are handed on in parts, so that little is unpacked of what nobody asked for. */
const PART = 16 * 1024;

/** The first `length` bytes that packed bytes unpack to; fewer where they end or are broken. Works in Node and in browsers. */
export async function unpackStart(bytes: Uint8Array, packing: Packing, length: number): Promise<Uint8Array> {
  const stream = new DecompressionStream(packing === 'gzip' ? 'gzip' : 'deflate-raw');
  const writer = stream.writable.getWriter();
  const reader = stream.readable.getReader();
  const writing = writeParts(writer, bytes).catch(() => {});
  const parts: Uint8Array[] = [];
  let done = 0;
  try {
    while (done < length) {
      const next = await reader.read();
      if (next.done) break;
      parts.push(next.value);
      done += next.value.length;
    }
  } catch {
    // The bytes are cut off, as the beginning of a file is, or broken: what came before is what they unpack to.
  }
  await reader.cancel().catch(() => {});
  await writing;
  return joined(parts, Math.min(done, length));
}

async function writeParts(writer: WritableStreamDefaultWriter, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; at += PART) {
    await writer.ready;
    await writer.write(bytes.slice(at, at + PART));
  }
  await writer.close();
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    const fitting = part.subarray(0, length - at);
    whole.set(fitting, at);
    at += fitting.length;
  }
  return whole;
}
