import { CLASS, TYPE } from "../../simulator/dns/codes";
import type { ResourceRecord } from "../../simulator/dns/message";
import { parseName } from "../../simulator/dns/name";
import { uint32 } from "../../simulator/dns/wire";

export const ORIGIN = "zone-0000.example";

/** A record of the zone that the tests transfer; "@" is its apex. */
export function record(name: string, type: number, rdata: Buffer): ResourceRecord {
  const owner = name === "@" ? ORIGIN : `${name}.${ORIGIN}`;
  return { name: parseName(owner), type, class: CLASS.IN, ttl: 300, rdata };
}

export function soa(serial: number, name = "@"): ResourceRecord {
  const names = [parseName(`ns.${ORIGIN}`), parseName(`hostmaster.${ORIGIN}`)];
  return record(name, TYPE.SOA, Buffer.concat([...names, ...[serial, 3600, 900, 1_209_600, 60].map(uint32)]));
}

export function address(name: string, last = 1): ResourceRecord {
  return record(name, TYPE.A, Buffer.from([192, 0, 2, last]));
}

export function pointing(name: string, type: number, target: string): ResourceRecord {
  return record(name, type, parseName(target));
}
