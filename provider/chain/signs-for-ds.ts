import { type DsData, isDsOf, strongestOf } from "../dns/ds";
import { pollUntil } from "../engine/poll";
import { summarizeFailure } from "../primary/primary-error";
import type { DnsAccess } from "./access";
import { observeSecondary } from "./observe-secondary";
import { type ParentView, setsOf, textOf } from "./parent-view";
import { isResponse } from "./seen-served";
import { tellOnce } from "./tell-once";
import type { ZoneView } from "./zone-view";

/**
 * Waits until the name servers that the parent delegates to serve the zone so that it validates by these DS records alone;
 * gives back why not. Where they cannot be asked, one line says so.
 */
export async function seenSigning(
  { resolvers, withdrawn }: DnsAccess,
  zoneName: string,
  ds: readonly DsData[],
  parent: ParentView,
  seconds: number,
): Promise<string | undefined> {
  const hosts = hostsOf(parent);
  const look = () => observeSecondary(zoneName, hosts, resolvers());
  const { observed, failure } = await pollUntil(await look(), {
    subject: `the name servers of ${zoneName} to sign with the keys of its DS`,
    timeoutSeconds: seconds,
    look,
    judge: (views) =>
      views.filter(isResponse).every((view) => view.ok && signsForDs(view.value, zoneName, ds))
        ? { kind: "reached" }
        : { kind: "wait" },
  });
  if (!observed.some(isResponse)) {
    tellOnce(
      withdrawn,
      `Not checked: whether the name servers of ${zoneName} serve it signed by the keys of its DS. They cannot be asked from here.`,
    );
    return undefined;
  }
  if (failure === undefined) return undefined;
  const seen = observed.flatMap((view) => (view.ok ? [] : [summarizeFailure(view.failure)]));
  return [`${hosts.join(" and ")}: ${failure}.`, ...seen].join(" ");
}

/**
 * The DS records that stay at the parent when others leave it, if the zone validates by those that leave and is not seen to
 * do so by these; else none.
 */
export async function deadWithout(
  { resolvers }: DnsAccess,
  zoneName: string,
  parent: ParentView,
  leaving: readonly DsData[],
): Promise<readonly DsData[]> {
  if (parent.kind === "unknown") return [];
  const texts = leaving.map(textOf);
  const sets = setsOf(parent)
    .map(({ ds }) => ({ ds, staying: ds.filter((each) => !texts.includes(textOf(each))) }))
    .filter(({ ds, staying }) => staying.length > 0 && staying.length < ds.length);
  if (sets.length === 0) return [];
  const views = await observeSecondary(zoneName, hostsOf(parent), resolvers());
  const isLed = ({ isSigned, signers }: ZoneView, by: readonly DsData[]) =>
    isSigned && signers.some((key) => by.some((each) => isDsOf(each, zoneName, key)));
  const seen = views.flatMap((view) => (view.ok ? [view.value] : []));
  const isDead = ({ ds, staying }: (typeof sets)[number]) =>
    seen.length === 0 || seen.some((view) => isLed(view, ds) && !isLed(view, strongestOf(staying)));
  return sets.find(isDead)?.staying ?? [];
}

function hostsOf(parent: ParentView): readonly string[] {
  return parent.kind === "seen" ? (parent.delegation?.hosts ?? []) : [];
}

/**
 * Whether the zone validates where these are all the DS records that a resolver has. The set of keys has to be signed by
 * a key of each algorithm among them (RFC 4035 section 2.2), and by one that those lead to which resolvers go by.
 */
export function signsForDs(
  { isSigned, signers }: Pick<ZoneView, "isSigned" | "signers">,
  zoneName: string,
  ds: readonly DsData[],
): boolean {
  const named = signers.filter((key) => ds.some((each) => isDsOf(each, zoneName, key)));
  const isLed = named.some((key) => strongestOf(ds).some((each) => isDsOf(each, zoneName, key)));
  return isSigned && isLed && ds.every(({ algorithm }) => named.some((key) => key.algorithm === algorithm));
}
