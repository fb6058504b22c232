import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { run } from "./dns-processes";

export interface DnsvizReport {
  /** `SECURE`, `INSECURE`, `BOGUS` or `LAME`: how the parent and the zone's own servers fit together. */
  readonly delegation: string;
  /** The codes of what it finds, each once. */
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

/** What dnsviz says of a zone that it finds from a root of the test's own, by delegations. */
export async function dnsviz(zone: string, root: string): Promise<DnsvizReport> {
  const folder = mkdtempSync(join(tmpdir(), "dnsviz-"));
  const probed = join(folder, "probed.json");
  try {
    // -A asks the servers that the delegations name, and -x puts this root in the place of the real one.
    const probe = ["probe", "-A", "-4", "-d", "0", "-a", ".", "-x", `.:ns.example=${root}`];
    await run("dnsviz", [...probe, "-o", probed, zone]);
    // -P: that the servers have loopback addresses is no fault. -t, for a trust anchor, fails in Debian 12.
    return reportOf(JSON.parse(await run("dnsviz", ["grok", "-P", "-l", "info", "-r", probed])), `${zone}.`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const coded = z.array(z.object({ code: z.string() }));
const withDelegation = z.looseObject({ delegation: z.looseObject({ status: z.string() }) });

/** Of the zone alone: the root above it has no keys, and the parent is the lab's. */
function reportOf(grok: unknown, zone: string): DnsvizReport {
  const said = withDelegation.parse(z.record(z.string(), z.unknown()).parse(grok)[zone]);
  return {
    delegation: said.delegation.status,
    errors: codesUnder("errors", said),
    warnings: codesUnder("warnings", said),
  };
}

/** dnsviz puts what it finds beside what it found it at, however deep that is. */
function codesUnder(key: "errors" | "warnings", value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  const here = coded.safeParse(Reflect.get(value, key));
  const below = Object.values(value).flatMap((each) => codesUnder(key, each));
  return [...new Set([...(here.success ? here.data.map(({ code }) => code) : []), ...below])].sort();
}
