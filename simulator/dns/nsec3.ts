import { createHash } from "node:crypto";
import { TYPE } from "./codes";
import { type Denial, indexBefore } from "./denial";
import { keyOf, type Name } from "./name";
import { Reader } from "./wire";
import type { ZoneData } from "./zone";

const SHA1 = 1;
/** Of a SHA-1 hash in base 32. */
const HASH_LENGTH = 32;
const ALPHABET = "0123456789abcdefghijklmnopqrstuv";

export interface Parameters {
  readonly iterations: number;
  readonly salt: Buffer;
}

/** The chain of NSEC3 records of the zone's parameters, or undefined if the zone has none. */
export function nsec3Of(zone: ZoneData): Denial | undefined {
  const parameters = parametersOf(zone);
  if (!parameters) return undefined;
  const chain = [...zone.nsec3Keys()].sort();
  if (chain.length === 0) return undefined;

  const keyFor = (name: Name) => keyOf(hashedName(name, parameters, zone.origin));
  const matching = (name: Name) => zone.nsec3At(keyFor(name));
  return {
    matching,
    covering: (name) => {
      const wanted = keyFor(name);
      return zone.nsec3At(chain[indexBefore(chain.length, (index) => (chain[index] ?? "") > wanted)] ?? "");
    },
    enclosing: matching,
  };
}

/** The owner of the NSEC3 record that a name has (RFC 5155 section 3). */
export function hashedName(name: Name, parameters: Parameters, origin: Name): Name {
  return Buffer.concat([
    Buffer.from([HASH_LENGTH]),
    Buffer.from(base32Hex(nsec3Digest(name, parameters))),
    origin,
  ]);
}

/** RFC 5155 section 5. */
export function nsec3Digest(name: Name, { iterations, salt }: Parameters): Buffer {
  let hash = Buffer.from(keyOf(name), "latin1");
  for (let round = 0; round <= iterations; round += 1) {
    hash = createHash("sha1").update(hash).update(salt).digest();
  }
  return hash;
}

/** Without padding, in lower case (RFC 4648 section 7): a SHA-1 hash is just 32 characters. */
function base32Hex(bytes: Buffer): string {
  let text = "";
  let [bits, held] = [0, 0];
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xfff;
    for (bits += 8; bits >= 5; bits -= 5) text += ALPHABET.charAt((held >>> (bits - 5)) & 31);
  }
  return text;
}

/** NSEC3PARAM says which chain is whole and may be used (RFC 5155 4). */
function parametersOf(zone: ZoneData): Parameters | undefined {
  const [record] = zone.find(zone.origin, TYPE.NSEC3PARAM)?.records ?? [];
  if (!record) return undefined;
  const reader = new Reader(record.rdata);
  const algorithm = reader.uint8();
  reader.uint8();
  const iterations = reader.uint16();
  const salt = reader.take(reader.uint8());
  return algorithm === SHA1 ? { iterations, salt } : undefined;
}
