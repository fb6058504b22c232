/** Bytes that are no DNS message (RFC 1035 section 4). */
export class MessageFormatError extends Error {
  override readonly name = "MessageFormatError";
}

export function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

export function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

export function uint48(value: number): Buffer {
  const bytes = Buffer.alloc(6);
  bytes.writeUIntBE(value, 0, 6);
  return bytes;
}

/** Reads forward through bytes and never past their end. */
export class Reader {
  constructor(
    readonly bytes: Buffer,
    public offset = 0,
  ) {}

  uint8(): number {
    return this.bytes.readUInt8(this.#advance(1));
  }

  uint16(): number {
    return this.bytes.readUInt16BE(this.#advance(2));
  }

  uint32(): number {
    return this.bytes.readUInt32BE(this.#advance(4));
  }

  uint48(): number {
    return this.bytes.readUIntBE(this.#advance(6), 6);
  }

  take(length: number): Buffer {
    const start = this.#advance(length);
    return this.bytes.subarray(start, start + length);
  }

  /** Where the octets stood that are now behind. */
  #advance(length: number): number {
    const start = this.offset;
    if (start + length > this.bytes.length) throw new MessageFormatError("the message ends too soon");
    this.offset = start + length;
    return start;
  }
}
