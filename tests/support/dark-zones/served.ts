import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { delv, soaSerial } from "../dns-tools";

/** A zone as a resolver sees it. */
export interface SeenZone {
  readonly server: { readonly address: string; readonly port: number };
  readonly zone: string;
  /** The DS set that a validating resolver has, as rdata; empty: it takes the zone for unsigned. */
  readonly ds: readonly string[];
}

/** What is wrong with the answers for a zone: none at all, or with a DS one that does not validate. */
export async function faultsServed({ server: { address, port }, zone, ds }: SeenZone): Promise<string[]> {
  const faults: string[] = [];
  if ((await soaSerial(port, zone, address)) === undefined) faults.push("no SOA");
  if (ds.length === 0) return faults;
  const folder = mkdtempSync(join(tmpdir(), "anchors-"));
  try {
    const anchors = join(folder, "anchors.conf");
    writeFileSync(anchors, `trust-anchors { ${ds.map((each) => anchor(zone, each)).join(" ")} };\n`);
    const positive = await delv(port, zone, anchors, zone, "SOA", address);
    if (positive !== "answer validated") faults.push(`SOA ${positive}`);
    const negative = await delv(port, zone, anchors, `nope.${zone}`, "A", address);
    if (negative !== "negative answer validated") faults.push(`nope ${negative}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return faults;
}

function anchor(zone: string, ds: string): string {
  const [tag, algorithm, type, ...digest] = ds.split(" ");
  return `"${zone}" static-ds ${tag} ${algorithm} ${type} "${digest.join("")}";`;
}
