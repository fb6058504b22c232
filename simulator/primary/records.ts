import { isIPv4, isIPv6 } from "node:net";
import { CLASS, TYPE } from "../dns/codes";
import { addressOctets } from "../dns/ip-octets";
import type { ResourceRecord } from "../dns/message";
import { type Name, parseName } from "../dns/name";
import { uint16 } from "../dns/wire";

export const RECORD_TYPES = ["A", "AAAA", "NS", "CNAME", "MX", "TXT"] as const;

/** A record as a person writes it. */
export interface RecordText {
  /** Relative to the zone; "@" is its apex. */
  name: string;
  type: (typeof RECORD_TYPES)[number];
  ttl: number;
  /** As in a zone file; names without a dot at the end are relative to the zone, TXT is one plain text. */
  value: string;
}

/** Parsed strictly: a name of the value, an address, `PREFERENCE NAME`, or a text. */
export function recordOf(
  { name, type, ttl, value }: RecordText,
  zone: string,
): { readonly record: ResourceRecord } | { readonly fault: string } {
  const owner = absolute(name, zone, ANY_LABEL);
  if (!owner) return { fault: `"${name}" is no name` };
  const rdata = rdataOf(type, value, zone);
  if (!rdata) return { fault: `"${value}" is no value for ${type}` };
  return { record: { name: owner, type: CODES[type], class: CLASS.IN, ttl, rdata } };
}

const CODES: Readonly<Record<RecordText["type"], number>> = {
  A: TYPE.A,
  AAAA: TYPE.AAAA,
  NS: TYPE.NS,
  CNAME: TYPE.CNAME,
  MX: 15,
  TXT: 16,
};

/** An asterisk only makes sense for an owner. */
const ANY_LABEL = /^(?:\*|[\w-]{1,63})$/;
const LABEL = /^[\w-]{1,63}$/;
const LONGEST_STRING = 255;

function rdataOf(type: RecordText["type"], value: string, zone: string): Buffer | undefined {
  switch (type) {
    case "A":
      return isIPv4(value) ? addressOctets(value) : undefined;
    case "AAAA":
      return isIPv6(value) ? addressOctets(value) : undefined;
    case "NS":
    case "CNAME":
      return absolute(value, zone, LABEL);
    case "MX": {
      const [, preference, exchange = ""] = /^(\d{1,5}) (\S+)$/.exec(value) ?? [];
      const host = absolute(exchange, zone, LABEL);
      const number = Number(preference);
      return host && number <= 0xffff ? Buffer.concat([uint16(number), host]) : undefined;
    }
    case "TXT": {
      const text = Buffer.from(value);
      const strings = Array.from({ length: Math.ceil(text.length / LONGEST_STRING) || 1 }, (_, index) =>
        text.subarray(index * LONGEST_STRING, (index + 1) * LONGEST_STRING),
      );
      return Buffer.concat(strings.flatMap((string) => [Buffer.from([string.length]), string]));
    }
  }
}

function absolute(text: string, zone: string, label: RegExp): Name | undefined {
  const full = text === "@" ? zone : text.endsWith(".") ? text.slice(0, -1) : `${text}.${zone}`;
  if (full.length > 253 || !full.split(".").every((part) => label.test(part))) return undefined;
  return parseName(full);
}
