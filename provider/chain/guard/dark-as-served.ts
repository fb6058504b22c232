import type { Dnssec } from "../../cloudflare/dnssec";
import { decideParent } from "../decide/decide-parent";
import { type FoundZone, observeChain } from "../observe/observe";
import { seenServed } from "../observe/seen-served";
import type { ChainAccess } from "../run/access";
import { textOf } from "../view/parent-view";
import type { Serving } from "../view/serving";

/**
 * Why what Cloudflare serves of a presigned zone now does not validate: the primary may have changed since it was looked at.
 * `undefined` where it does, or nobody can see it from here.
 */
export async function darkAsServed(
  access: ChainAccess,
  zone: FoundZone,
  dnssec: Dnssec,
  serving: Serving,
): Promise<string | undefined> {
  const { zoneName } = zone;
  const next = `Next: see what is wrong with "npx pulumi-secondary-dns doctor ${zoneName}"`;
  const unsigned = await seenServed(access, zone, serving);
  if (unsigned !== undefined) return `${unsigned}\n${next}, then run the command again.`;
  if (access.isForced(zoneName)) return undefined;
  const { view } = await observeChain(access, zone, dnssec, undefined, { peers: [], secondary: true });
  // Of keys that nobody saw nothing is known; a line has said so.
  if (!view.secondary.some(({ ok }) => ok)) return undefined;
  const { harms } = decideParent(view, serving, serving, []);
  const harm = harms.find((each) => each.kind === "ds" && each.heldUntil === undefined);
  if (harm?.kind !== "ds") return undefined;
  return [
    `What Cloudflare serves of ${zoneName} does not validate: none of the keys that sign it now is that of the DS at the parent (${harm.ds.map(textOf).join("; ")}), so validating resolvers answer SERVFAIL.`,
    `${next}; then sign the zone at its primary with a key of the DS again and raise the serial, or add the DS of the keys that sign now at the registrar, and run the command again.`,
  ].join("\n");
}
