import { InputError } from "../core/errors";
import { parseDomainName } from "./domain-name";

const POINTER = 0xc0;
/** Octets of a name, its final root label among them (RFC 1035 section 2.3.4). */
const LONGEST = 255;

/** In lower case and with its final dot. Throws an InputError for what is no name. */
export function normalName(text: string): string {
  if (text === ".") return text;
  const parsed = parseDomainName(text);
  if ("problem" in parsed) throw new InputError(`"${text}" is not a domain name: ${parsed.problem}.`);
  return parsed.name;
}

/** A domain name as digests take it: uncompressed and in lower case (RFC 4034 section 6.2). */
export function canonicalName(text: string): Buffer {
  const labels = normalName(text)
    .split(".")
    .filter((label) => label !== "");
  return Buffer.from(
    [...labels, ""].map((label) => String.fromCharCode(label.length) + label).join(""),
    "latin1",
  );
}

/** Reads a name at a place in a message, in that same form; `end` is where the next field begins. */
export function readName(wire: Buffer, start: number): { readonly name: Buffer; readonly end: number } {
  const parts: Buffer[] = [];
  let offset = start;
  let end: number | undefined;
  let octets = 0;
  // Where pointers may still lead: always further to the front, so that none goes in a circle.
  let limit = start;
  for (;;) {
    const length = wire.readUInt8(offset);
    if (length >= POINTER) {
      end ??= offset + 2;
      offset = wire.readUInt16BE(offset) & 0x3fff;
      if (offset >= limit) throw new RangeError("a name points forward");
      limit = offset;
      continue;
    }
    if (length > 63) throw new RangeError("a label has an unknown form");
    const next = offset + 1 + length;
    if (next > wire.length) throw new RangeError("a name is cut off");
    octets += 1 + length;
    if (octets > LONGEST) throw new RangeError("a name is too long");
    parts.push(Buffer.from(wire.toString("latin1", offset, next).toLowerCase(), "latin1"));
    if (length === 0) return { name: Buffer.concat(parts), end: end ?? next };
    offset = next;
  }
}
