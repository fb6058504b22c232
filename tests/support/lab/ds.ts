import { TYPE } from "../../../simulator/dns/codes";
import { lookUp, type Server } from "./query";

/** The data of a DS record as zone files have it: key tag, algorithm, digest type and digest. */
export type DsText = string;

/** What a zone asks its parent to have for it (RFC 7344), as a server gives it; undefined without an answer. */
export async function wantedDs(server: Server, zone: string): Promise<readonly DsText[] | undefined> {
  const response = await lookUp(server, zone, "CDS", 1_000);
  return response?.answers
    .filter(({ type }) => type === TYPE.CDS)
    .map(({ rdata }) => dsText(rdata))
    .sort();
}

function dsText(rdata: Buffer): DsText {
  const digest = rdata.subarray(4).toString("hex").toUpperCase();
  return `${rdata.readUInt16BE(0)} ${rdata.readUInt8(2)} ${rdata.readUInt8(3)} ${digest}`;
}

export function keyTagOf(ds: DsText): string {
  return ds.split(" ", 1)[0] ?? "";
}

/** One that no key has. */
export const FOREIGN_DS: DsText = `12345 13 2 ${"5A".repeat(32)}`;
