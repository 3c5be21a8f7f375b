/** A zip archive in which nothing is packed. Checksums are left out: who made the archive also reads it. */
export function storedZip(parts: ReadonlyMap<string, Uint8Array>): Buffer {
  const written: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const [name, content] of parts) {
    const label = Buffer.from(name);
    // Version, flags, method, time, date, checksum; sizes packed and unpacked; lengths of the name and of the extra field.
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt32LE(content.length, 14);
    fields.writeUInt32LE(content.length, 18);
    fields.writeUInt16LE(label.length, 22);
    const position = Buffer.alloc(14);
    position.writeUInt32LE(offset, 10);
    written.push(Buffer.from('PK\x03\x04'), fields, label, content);
    directory.push(Buffer.from('PK\x01\x02'), Buffer.from([20, 0]), fields, position, label);
    offset += 4 + fields.length + label.length + content.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(parts.size, 4);
  end.writeUInt16LE(parts.size, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...written, central, Buffer.from('PK\x05\x06'), end]);
}
