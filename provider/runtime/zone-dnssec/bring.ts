import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { Harm } from "../../chain/decide/decision";
import { changeDnssec } from "../../chain/guard/change-dnssec";
import { lookAtParent } from "../../chain/guard/remember-parent";
import { tellIfDark } from "../../chain/guard/tell-if-dark";
import type { ChainAccess } from "../../chain/run/access";
import { type DsAtParent, seenAtParent } from "../../chain/view/ds-at-parent";
import type { ParentMemory } from "../../chain/view/parent-memory";
import type { RegistrarDomain } from "../../chain/view/registered-ds";
import { servingNext } from "../../chain/view/serving";
import type { Dnssec } from "../../cloudflare/dnssec";
import { say } from "../../core/call-scope";
import { outputsOf } from "./outputs";
import { type DnssecSettings, planEdit, servingOf, settingsOf, undoOf } from "./plan";

/** What configuration leaves empty comes as null. */
const given = z
  .string()
  .nullish()
  .transform((value) => value ?? undefined);

const registrarDomain = z.object({ domainId: given, domainName: given, profile: given });

/** What the class tells of the zone, besides its id. */
export const namedZone = z.object({
  zoneName: z.string().optional(),
  accountId: z.string().optional(),
  hasPrimaries: z.boolean().optional(),
  registrar: registrarDomain.optional(),
});

/** Where the program has published the zone's DS: a run that was killed may have left one there that no other state has. */
export const savedRegistrar = registrarDomain.optional();

/** The same, as what is asked now. */
export function rememberedRegistrar(saved: z.output<typeof savedRegistrar>): RegistrarDomain | undefined {
  return saved && { ...saved, isRemembered: true };
}

/** What stands in the way of presigned before a zone has a primary that signs. */
const UNSIGNED_YET: readonly Harm["kind"][] = ["signatures not seen", "unsigned"];

interface Kept {
  readonly dsAtParent?: DsAtParent | undefined;
  readonly __zoneName?: string | undefined;
  readonly __parent?: ParentMemory | undefined;
  readonly __registrar?: z.output<typeof savedRegistrar>;
}

interface Bringing {
  readonly zoneId: string;
  readonly observed: Dnssec;
  readonly wanted: DnssecSettings;
  readonly transient: Readonly<Record<string, unknown>>;
  readonly state?: Kept;
}

/** Brings the zone to what is wanted as far as that is safe; `failure` says why it is not there. */
export async function bringTo(
  access: ChainAccess,
  { zoneId, observed, wanted, transient, state = {} }: Bringing,
) {
  const edit = planEdit(observed, wanted);
  const known = namedZone.safeParse(transient.__zone).data;
  const kept = {
    __zoneName: known?.zoneName ?? state.__zoneName,
    __parent: state.__parent,
    dsAtParent: state.dsAtParent,
    __registrar: known?.registrar ?? state.__registrar,
  };
  const registrar = known?.registrar ?? rememberedRegistrar(state.__registrar);
  if (edit === undefined) {
    const seen = await seenAgain(access, observed, kept);
    return {
      outputs: { ...outputsOf(observed), ...seen },
      isChanged: false,
      isNews: false,
      isDsKnown: false,
    };
  }
  const now = servingOf(observed);
  const { dnssec, zoneName, memory, parent, failure, harms } = await changeDnssec(access, {
    zone: { zoneId, zoneName: kept.__zoneName, accountId: known?.accountId, registrar },
    observed,
    now,
    next: servingNext(wanted, now),
    edit,
    undo: undoOf(observed, edit),
    kept: kept.__parent,
  });
  const seen = {
    __zoneName: zoneName ?? kept.__zoneName,
    __parent: memory,
    dsAtParent: seenAtParent(kept.dsAtParent, parent, Date.now()),
    __registrar: kept.__registrar,
  };
  const isWaiting = known?.hasPrimaries === false && harms?.every(({ kind }) => UNSIGNED_YET.includes(kind));
  if (isWaiting) {
    say(
      `DNSSEC of ${zoneName ?? zoneId} is left alone until the SecondaryZone has primaries: with presigned on, Cloudflare would answer REFUSED for an unsigned zone.`,
    );
    const { status, dnssecPresigned, dnssecUseNsec3, dnssecMultiSigner } = wanted;
    const asked = { status, dnssecPresigned, dnssecUseNsec3, dnssecMultiSigner };
    return {
      outputs: { ...outputsOf(dnssec), ...asked, ...seen, __waiting: true },
      isChanged: false,
      isNews: false,
      isDsKnown: false,
    };
  }
  return {
    outputs: { ...outputsOf(dnssec), ...seen },
    failure,
    isChanged: planEdit(dnssec, settingsOf(observed)) !== undefined,
    isNews: !isDeepStrictEqual([dnssec, memory], [observed, kept.__parent]),
    isDsKnown: memory !== undefined && memory.ds.length > 0,
  };
}

/** Where nothing is to be changed the parent is looked at too, so that a DS that goes later is known to have been there. */
export async function seenAgain(
  access: ChainAccess,
  observed: Dnssec,
  { __zoneName, __parent, dsAtParent: before, __registrar }: Kept,
): Promise<Kept> {
  const isSigned = servingOf(observed).signer !== "none";
  const isRemembered = before !== undefined || (__parent !== undefined && __parent.ds.length > 0);
  if (__zoneName === undefined || !(isSigned || isRemembered))
    return { __zoneName, __parent, dsAtParent: before, __registrar };
  const { parent, memory } = await lookAtParent(access, __zoneName, __parent);
  if (servingOf(observed).signer === "primary") await tellIfDark(access, __zoneName, parent);
  return {
    __zoneName,
    __parent: memory,
    dsAtParent: seenAtParent(before, parent, Date.now()),
    __registrar,
  };
}
