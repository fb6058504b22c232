/** The types of a name as NSEC and NSEC3 tell them, in windows of 256 types each (RFC 4034 4.1.2). */
export function typeBitmap(types: Iterable<number>): Buffer {
  const windows = new Map<number, Buffer>();
  for (const type of [...types].sort((one, other) => one - other)) {
    const [window, bit] = [type >> 8, type & 0xff];
    const before = windows.get(window) ?? Buffer.alloc(0);
    const octets = Buffer.alloc((bit >> 3) + 1);
    before.copy(octets);
    octets.writeUInt8(octets.readUInt8(bit >> 3) | (0x80 >> (bit & 7)), bit >> 3);
    windows.set(window, octets);
  }
  return Buffer.concat(
    [...windows].flatMap(([window, octets]) => [Buffer.from([window, octets.length]), octets]),
  );
}
