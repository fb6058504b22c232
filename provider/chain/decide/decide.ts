import type { Primary } from "../../dns/primary";
import { isOlder } from "../../dns/serial-order";
import type { ChainView, PrimaryView } from "../view/chain-view";
import { needsWork } from "../view/needs-work";
import { hasDs } from "../view/parent-view";
import type { Serving } from "../view/serving";
import type { Denial, ZoneView } from "../view/zone-view";
import { decideParent, whereDelegated } from "./decide-parent";
import type { Caution, Decision, Harm } from "./decision";
import { strangersIn } from "./key-carry-over";

/**
 * Whether Cloudflare may go from serving a zone one way to serving it another. The measure: after the step, and for as
 * long as a resolver may hold a DS, what Cloudflare serves is complete and validates.
 */
export function decideServing(view: ChainView, now: Serving, next: Serving): Decision {
  const atPrimary = next.signer === "primary" ? signaturesFor(view, now, next) : { harms: [], cautions: [] };
  const isSame = now.signer === "primary" && next.signer === "primary";
  const atParent = decideParent(view, now, next, isSame ? strangersIn(view, "remembered") : []);
  return {
    harms: [...atPrimary.harms, ...atParent.harms],
    cautions: [...atPrimary.cautions, ...atParent.cautions],
  };
}

export interface Transfer {
  /** Whether the primaries take the place of others. */
  readonly isMoving: boolean;
  /** The serial that Cloudflare has. */
  readonly served: number | undefined;
}

/** Whether a zone may be transferred from its primaries: what they give has to be fit to be served as the zone is served now. */
export function decideTransfer(
  view: ChainView,
  serving: Serving,
  { isMoving, served: standing }: Transfer,
): Decision {
  const served = isMoving ? standing : undefined;
  const failures = view.primaries.flatMap(({ view: seen }) => (seen.ok ? [] : [seen.failure]));
  const unasked = [...failures, ...view.unseen].map((why): Caution => ({ kind: "primary not asked", why }));
  const seen = view.primaries.flatMap(({ primary, view: each }) =>
    each.ok ? [{ primary, ...each.value }] : [],
  );
  if (seen.length === 0) {
    // What is served now would not be renewed; of a server that cannot be reached from here nothing is known.
    const isHopeless =
      served !== undefined &&
      failures.length > 0 &&
      view.unseen.length === 0 &&
      failures.every((failure) => needsWork(failure) && failure.cause.kind !== "unreachable");
    return isHopeless
      ? { harms: [{ kind: "no transfer", failures }], cautions: [] }
      : { harms: [], cautions: unasked };
  }
  const older = seen.flatMap(({ primary, serial }): Harm[] =>
    served !== undefined && isOlder(serial, served)
      ? [{ kind: "older serial", primary, serial, served }]
      : [],
  );
  const strangers = isMoving ? uncompared(view) : strangersIn(view, "remembered");
  const signing =
    serving.signer === "primary"
      ? [
          signaturesFor(view, serving, serving),
          ...(isMoving ? [otherKeys(view)] : []),
          decideParent(view, serving, serving, strangers),
        ]
      : [{ harms: [], cautions: unasked }];
  return {
    harms: [...(older.length === seen.length ? older : []), ...signing.flatMap(({ harms }) => harms)],
    cautions: signing.flatMap(({ cautions }) => cautions),
  };
}

/**
 * Of a parent that cannot be queried any DS may stand. It goes with the keys that are served now, and where those are not
 * seen either, nobody can tell whether a primary that signs has them.
 */
function uncompared({ parent, primaries, secondary }: ChainView): readonly Primary[] {
  if (parent.kind !== "unknown" || secondary.some((seen) => seen.ok)) return [];
  return primaries.flatMap(({ primary, view: seen }) => (seen.ok && seen.value.isSigned ? [primary] : []));
}

/** Where a transfer moves nobody remembers what DS there was: a zone that is presigned may have had one until now. */
function otherKeys(view: ChainView): Decision {
  const isSecure = hasDs(view.parent);
  const harms = strangersIn(view, "unknown").map(
    (primary): Harm => ({ kind: "other keys", primary, isSecure }),
  );
  return whereDelegated(view, { harms, cautions: [] });
}

/** Presigned, Cloudflare serves the primary's signatures and denial as they are, and REFUSED where they are missing. */
function signaturesFor(view: ChainView, now: Serving, next: Serving): Decision {
  const wanted = next.nsec3 ? "nsec3" : "nsec";
  const harms = view.primaries.flatMap(({ primary, view: seen, isTransferSigned }): Harm[] => {
    if (!seen.ok) return [];
    if (!seen.value.isSigned) return [{ kind: "unsigned", primary, view: seen.value }];
    if (isTransferSigned === false) return [{ kind: "transfer unsigned", primary }];
    const { denial, isDenialSigned } = seen.value;
    if (denial.kind !== wanted) return [{ kind: "other denial", primary, denial, wanted }];
    return isDenialSigned === false ? [{ kind: "denial unsigned", primary }] : [];
  });
  const failures = view.primaries.flatMap(({ view: seen }) => (seen.ok ? [] : [seen.failure]));
  const isSeen =
    view.primaries.some(({ view: seen }) => seen.ok) ||
    (now.signer === "primary" && view.secondary.some((seen) => seen.ok && fits(seen.value, wanted)));
  if (!isSeen)
    return { harms: [{ kind: "signatures not seen", failures, unseen: view.unseen }], cautions: [] };
  const unasked = [...failures, ...view.unseen].map((why): Caution => ({ kind: "primary not asked", why }));
  const ending = view.primaries.flatMap((each) => endingSoon(each, view));
  return { harms, cautions: [...unasked, ...view.primaries.flatMap(iterated), ...ending] };
}

function endingSoon(
  { primary, view: seen }: PrimaryView,
  { refreshSeconds, seenAt }: ChainView,
): readonly Caution[] {
  if (!seen.ok || seen.value.expires === undefined || refreshSeconds === undefined) return [];
  const { expires } = seen.value;
  if (expires - seenAt / 1_000 >= refreshSeconds) return [];
  return [{ kind: "signatures end soon", primary, expires, refreshSeconds }];
}

function iterated({ primary, view: seen }: PrimaryView): readonly Caution[] {
  if (!seen.ok || seen.value.denial.kind === "nsec" || seen.value.denial.iterations === 0) return [];
  return [{ kind: "nsec3 iterations", primary, iterations: seen.value.denial.iterations }];
}

function fits({ isSigned, denial }: ZoneView, wanted: Denial["kind"]): boolean {
  return isSigned && denial.kind === wanted;
}
