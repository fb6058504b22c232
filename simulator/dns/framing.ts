import { uint16 } from "./wire";

/** Over TCP each message stands behind its length (RFC 1035 4.2.2). */
export function frame(message: Buffer): Buffer {
  return Buffer.concat([uint16(message.length), message]);
}

/** Cuts a TCP stream into messages, however its chunks fall. */
export class Unframer {
  #chunks: Buffer[] = [];
  #size = 0;

  push(chunk: Buffer): readonly Buffer[] {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    const messages: Buffer[] = [];
    for (;;) {
      const needed = this.#size < 2 ? 2 : 2 + this.#joined(2).readUInt16BE();
      if (this.#size < needed) return messages;
      const bytes = this.#joined(needed);
      messages.push(bytes.subarray(2, needed));
      this.#chunks = [bytes.subarray(needed)];
      this.#size -= needed;
    }
  }

  /** Whether a message has begun and not ended. */
  get isWithin(): boolean {
    return this.#size > 0;
  }

  /** Joins what has come only when the first chunk is too short: a long message is copied once. */
  #joined(length: number): Buffer {
    const [first = Buffer.alloc(0)] = this.#chunks;
    if (first.length >= length) return first;
    const all = Buffer.concat(this.#chunks);
    this.#chunks = [all];
    return all;
  }
}
