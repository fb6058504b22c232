import { MessageFormatError, Reader } from "./wire";

/** A domain name in uncompressed wire form, in the case in which it came. */
export type Name = Buffer;

const END = Buffer.from([0]);
const POINTER = 0xc0;
const LONGEST_LABEL = 63;
const LONGEST_NAME = 255;

/** Where names are put together: a zone has hundreds of thousands. */
const scratch = Buffer.alloc(LONGEST_NAME);

/**
 * Reads a name and follows its compression pointers, which may only point back (RFC 1035 4.1.4).
 * Where it is `known`, that is what it answers: so the records of one owner share its name.
 */
export function readName(reader: Reader, known?: Name): Name {
  let size = 0;
  let from = reader;
  for (;;) {
    const start = from.offset;
    const length = from.uint8();
    if (length >= POINTER) {
      const target = ((length - POINTER) << 8) | from.uint8();
      if (target >= start) throw new MessageFormatError("a compression pointer does not point back");
      from = new Reader(from.bytes, target);
      continue;
    }
    if (length > LONGEST_LABEL) throw new MessageFormatError("a label of an unknown kind");
    if (size + 1 + length > LONGEST_NAME) throw new MessageFormatError("a name is longer than 255 octets");
    scratch[size] = length;
    // Octet by octet: labels are too short for anything better to pay.
    for (let index = 1; index <= length; index += 1) scratch[size + index] = from.uint8();
    size += 1 + length;
    if (length === 0) break;
  }
  if (known?.length === size && known.compare(scratch, 0, size) === 0) return known;
  return Buffer.from(scratch.subarray(0, size));
}

/** For names of people and configurations, which have no escapes; the last dot may be left out. */
export function parseName(text: string): Name {
  const labels = text.replace(/\.$/, "").split(".");
  const name = Buffer.concat([
    ...(labels.join("") === "" ? [] : labels).flatMap((label) => {
      const bytes = Buffer.from(label, "latin1");
      if (bytes.length < 1 || bytes.length > LONGEST_LABEL)
        throw new MessageFormatError(`"${text}" is no domain name`);
      return [Buffer.from([bytes.length]), bytes];
    }),
    END,
  ]);
  if (name.length > LONGEST_NAME) throw new MessageFormatError(`"${text}" is no domain name`);
  return name;
}

/** As in a zone file (RFC 1035 5.1), with the last dot. */
export function formatName(name: Name): string {
  const escaped = (label: Buffer) =>
    label
      .toString("latin1")
      .replace(/[.\\"();@$]/g, "\\$&")
      .replace(/[^!-~]/g, (character) => `\\${String(character.charCodeAt(0)).padStart(3, "0")}`);
  return `${labelsOf(name).map(escaped).join(".")}.`;
}

export function labelsOf(name: Name): readonly Buffer[] {
  const labels: Buffer[] = [];
  for (let offset = 0; lengthAt(name, offset) > 0; offset += 1 + lengthAt(name, offset)) {
    labels.push(name.subarray(offset + 1, offset + 1 + lengthAt(name, offset)));
  }
  return labels;
}

/** Equal for names that are the same to DNS: the wire form in lower case (RFC 4034 6.2). */
export function keyOf(name: Name): string {
  return name.toString("latin1").replace(/[A-Z]+/g, (capitals) => capitals.toLowerCase());
}

export function isSameName(one: Name, other: Name): boolean {
  return one.length === other.length && (one.equals(other) || keyOf(one) === keyOf(other));
}

/** The name without its first label. */
export function parentOf(name: Name): Name {
  return name.subarray(1 + lengthAt(name, 0));
}

/** The name itself and each name above it, up to and with the root. */
export function* ancestorsOf(name: Name): Generator<Name> {
  for (let at = name; ; at = parentOf(at)) {
    yield at;
    if (lengthAt(at, 0) === 0) return;
  }
}

export function isWithin(name: Name, origin: Name): boolean {
  for (const above of ancestorsOf(name)) {
    if (above.length <= origin.length) return isSameName(above, origin);
  }
  return false;
}

/** Sorts names in canonical order, label by label from the right (RFC 4034 6.1). */
export function orderOf(name: Name): readonly string[] {
  return labelsOf(name)
    .map((label) => keyOf(label))
    .reverse();
}

export function compareOrder(one: readonly string[], other: readonly string[]): number {
  for (const [index, label] of one.entries()) {
    const facing = other[index];
    if (facing === undefined || label > facing) return 1;
    if (label < facing) return -1;
  }
  return one.length - other.length;
}

function lengthAt(name: Name, offset: number): number {
  return name[offset] ?? 0;
}
