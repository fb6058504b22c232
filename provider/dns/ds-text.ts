import { InputError } from "../core/errors";
import type { DsData } from "./ds";

/** A DS record's data as a zone file has it (RFC 4034 section 5.3), in one normal form: equal texts, equal records. */
export function rdataOf({ keyTag, algorithm, digestType, digest }: DsData): string {
  return `${keyTag} ${algorithm} ${digestType} ${digest}`;
}

const RECORD = /^\S+\s+(?:\d+\s+)?(?:IN\s+)?DS\s+(\d{1,5})\s+(\d{1,3})\s+(\d{1,3})\s+([0-9A-Fa-f\s]+)$/;

/** The records of a text such as `PrimaryDs.ds` or Cloudflare's `ds`: one a line, as zone files have them. */
export function parseDsLines(text: string): DsData[] {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.map((line) => {
    const [, keyTag, algorithm, digestType, digest] = RECORD.exec(line.trim()) ?? [];
    if (digest === undefined) throw new InputError(`${JSON.stringify(line)} is not a DS record.`);
    return {
      keyTag: Number(keyTag),
      algorithm: Number(algorithm),
      digestType: Number(digestType),
      digest: digest.replace(/\s/g, "").toUpperCase(),
    };
  });
}
