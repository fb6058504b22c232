import type { ZoneView } from "../../provider/chain/view/zone-view";
import { type Dnskey, keyTagOf } from "../../provider/dns/ds";
import type { DnsFailure } from "../../provider/dns/failure";
import { describeFailure } from "../../provider/primary/primary-error";
import { notifyLines } from "../../provider/primary/server-lines";

/** What begins a sentence, inside of one. */
export function nameWithin(name: string): string {
  return name.replace(/^The/, "the");
}

/** Seconds since 1970, as people compare them. */
export function timeOf(seconds: number): string {
  return new Date(seconds * 1_000).toISOString().replace(".000Z", "Z");
}

export function kindOf({ denial }: Pick<ZoneView, "denial">): string {
  return denial.kind === "nsec3" ? "NSEC3" : "NSEC";
}

export function tagsOf(keys: readonly Dnskey[]): string {
  const tags = keys.map((key) => String(keyTagOf(key)));
  return tags.length === 0 ? "no key" : `${tags.length === 1 ? "key" : "keys"} ${tags.join(", ")}`;
}

export function spanOf(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3_600)} h` : `${Math.round(seconds / 86_400)} days`;
}

/** What a failure says, and what it says to do, apart. */
export function failureWords(failure: DnsFailure): {
  readonly text: string;
  readonly next: readonly string[];
} {
  const [text = "", ...rest] = describeFailure(failure).split("\n");
  return { text, next: rest.map((line) => line.replace(/^Next: /, "")) };
}

/**
 * How to have Cloudflare check now: "pulumi up" forces a transfer only where something changes in the program, or has
 * failed before.
 */
export function notifyAdvice(zoneName: string): readonly string[] {
  return notifyLines(zoneName).map((line) => `  ${line}`);
}
