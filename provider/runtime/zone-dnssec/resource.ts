import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { ChainAccess } from "../../chain/access";
import { changeDnssec, refusalOfUnsigning } from "../../chain/change-dnssec";
import type { Harm } from "../../chain/decision";
import { type DsAtParent, dsAtParent, seenAtParent } from "../../chain/ds-at-parent";
import { askKeyTtl } from "../../chain/key-ttl";
import { observeParent } from "../../chain/parent";
import { type ParentMemory, remember, savedParent } from "../../chain/parent-memory";
import { type Serving, servingNext, servingNow } from "../../chain/serving";
import type { CloudflareClient } from "../../cloudflare/client";
import { type Dnssec, type DnssecEdit, deleteDnssec, getDnssec } from "../../cloudflare/dnssec";
import { RefusedError } from "../../core/errors";
import { defineResource } from "../../engine/define-resource";
import { keepingObject, keepingUnlessFinal } from "../../engine/init-failure";
import { changedInput } from "../../engine/unknown";
import type { Clients } from "../clients";
import * as field from "../fields";
import { changedSince, tellLeftAlone } from "../left-alone";
import { afterDelete, beforeOf, canDeleteKeys, type DnssecSettings, planEdit, settingsOf } from "./plan";

const before = z.object({
  status: z.enum(["active", "disabled", "error"]),
  dnssecPresigned: z.boolean(),
  dnssecUseNsec3: z.boolean(),
  dnssecMultiSigner: z.boolean(),
  deleted: z.boolean(),
});

/** What the class tells of the zone, besides its id. */
const namedZone = z.object({
  zoneName: z.string().optional(),
  accountId: z.string().optional(),
  hasPrimaries: z.boolean().optional(),
});

/** What stands in the way of presigned before a zone has a primary that signs. */
const UNSIGNED_YET: readonly Harm["kind"][] = ["signatures not seen", "unsigned"];

interface Kept {
  readonly dsAtParent?: DsAtParent | undefined;
  readonly __zoneName?: string | undefined;
  readonly __parent?: ParentMemory | undefined;
}

const onDelete = field.oneOf("restore", "disable", "retain");

export const zoneDnssecProvider = (clients: Clients) =>
  defineResource({
    fields: {
      zoneId: field.zoneId,
      status: field.oneOf("active", "disabled").default("active"),
      dnssecPresigned: field.flag,
      dnssecUseNsec3: field.flag,
      dnssecMultiSigner: field.flag,
      onDelete: onDelete.default("restore"),
      profile: field.profile,
    },
    rules: [
      {
        over: ["dnssecPresigned", "dnssecMultiSigner"],
        test: ({ dnssecPresigned, dnssecMultiSigner }) =>
          dnssecPresigned && dnssecMultiSigner
            ? "dnssecPresigned and dnssecMultiSigner are both true; allowed: one of them, since a presigned zone is not signed by Cloudflare and a multi-signer zone is (RFC 8901)"
            : undefined,
      },
      {
        over: ["status", "dnssecPresigned"],
        test: ({ status, dnssecPresigned }) =>
          status === "disabled" && dnssecPresigned
            ? 'dnssecPresigned is true while status is "disabled"; allowed: true with status "active", since the flag alone can make the zone answer REFUSED'
            : undefined,
      },
    ],
    state: z.object({
      profile: z.string().optional(),
      onDelete: onDelete.optional(),
      /** Absent after `get`, which manages nothing. */
      __before: before.optional(),
      /** Its name, once it was looked at; older releases saved none. */
      __zoneName: z.string().optional(),
      /** What was seen at its parent. */
      __parent: savedParent.optional(),
      dsAtParent: dsAtParent.optional(),
      /** Presigned is left off until the program names primaries. */
      __waiting: z.boolean().optional(),
      status: z.string().optional(),
      dnssecPresigned: z.boolean().optional(),
      dnssecUseNsec3: z.boolean().optional(),
      dnssecMultiSigner: z.boolean().optional(),
    }),
    transient: ["__zone"],
    connect: clients.chain,
    object: { what: "the DNSSEC of a zone", by: [["zoneId"]] },
    settings: ["status", "dnssecPresigned", "dnssecUseNsec3", "dnssecMultiSigner"],

    replaces(id, _state, news) {
      return changedInput(news, "zoneId", id);
    },

    async create(access, { zoneId, ...wanted }, { transient }) {
      const observed = await mustExist(access.cloudflare, zoneId);
      const snapshot = (outputs: object) => ({
        id: zoneId,
        outputs: { ...outputs, __before: beforeOf(observed) },
      });
      const { failure, outputs, isChanged, isDsKnown } = await bringTo(access, {
        zoneId,
        observed,
        wanted,
        transient,
      }).catch((error: unknown) => {
        throw keepingUnlessFinal(snapshot(outputsOf(observed)), error);
      });
      if (failure === undefined) return snapshot(outputs);
      // Without state nothing would remember a DS that goes now, and that resolvers hold for a while.
      throw isChanged || isDsKnown ? keepingObject(snapshot(outputs), failure) : failure;
    },

    isDue: ({ __waiting = false }, { __zone }) =>
      __waiting && namedZone.safeParse(__zone).data?.hasPrimaries === true,

    async read(access, id, state) {
      const observed = await getDnssec(access.cloudflare, id);
      if (observed === undefined) return undefined;
      if (state.__waiting && !observed.dnssec_presigned) {
        // Not yet as the program says, and not because somebody changed it.
        const { status, dnssecPresigned, dnssecUseNsec3, dnssecMultiSigner, __before, __zoneName } = state;
        const wanted = { status, dnssecPresigned, dnssecUseNsec3, dnssecMultiSigner };
        return {
          outputs: { ...outputsOf(observed), ...wanted, __before, __zoneName, __waiting: true },
          inputs: { zoneId: id },
        };
      }
      return {
        outputs: {
          ...outputsOf(observed),
          __before: state.__before,
          ...(await seenAgain(access, observed, state)),
        },
        inputs: { zoneId: id, ...settingsOf(observed) },
      };
    },

    async update(access, id, state, wanted, { transient }) {
      const observed = await mustExist(access.cloudflare, id);
      const change = { zoneId: id, observed, wanted, transient, state };
      const { failure, outputs, isNews } = await bringTo(access, change);
      const all = { ...outputs, __before: state.__before };
      if (failure === undefined) return all;
      // What was seen at the parent has to outlive the refusal: a DS that goes now is held by resolvers for a while.
      throw isNews ? keepingObject({ id, outputs: all }, failure) : failure;
    },

    async delete(access, id, state, { left }) {
      const target = afterDelete(state.onDelete ?? "restore", state.__before);
      if (target === undefined || state.__waiting) return;
      const observed = await getDnssec(access.cloudflare, id);
      if (observed === undefined) return;
      const edit = planEdit(observed, target);
      // One that was interrupted has done a part of it.
      const difference = edit && changedSince(left, ownSettings(observed));
      if (difference !== undefined) return tellLeftAlone(`The DNSSEC of zone ${id}`, difference);
      const zone = { zoneId: id, zoneName: state.__zoneName, accountId: undefined };
      const now = servingOf(observed);
      const outcome =
        edit &&
        (await changeDnssec(access, {
          zone,
          observed,
          now,
          next: servingNext(target, now),
          edit,
          undo: undoOf(observed, edit),
          kept: state.__parent,
        }));
      if (outcome?.failure !== undefined) throw outcome.failure;
      const dnssec = outcome?.dnssec ?? observed;
      if (!target.deleted || !canDeleteKeys(dnssec)) return;
      const refusal = await refusalOfUnsigning(access, zone, dnssec, outcome?.memory ?? state.__parent);
      if (refusal === undefined) await deleteDnssec(access.cloudflare, id);
      else console.log(refusal.message);
    },
  });

/** Without a status that is Cloudflare's own doing. */
function ownSettings(observed: Dnssec): Partial<DnssecSettings> {
  const { status, ...flags } = settingsOf(observed);
  return status === "error" ? flags : { status, ...flags };
}

async function mustExist(client: CloudflareClient, zoneId: string): Promise<Dnssec> {
  const observed = await getDnssec(client, zoneId);
  if (observed !== undefined) return observed;
  throw new RefusedError(
    `Cloudflare knows no zone ${zoneId}.\nNext: check zoneId, and that the API token may see the zone (permission "DNS Read").`,
  );
}

interface Bringing {
  readonly zoneId: string;
  readonly observed: Dnssec;
  readonly wanted: DnssecSettings;
  readonly transient: Readonly<Record<string, unknown>>;
  readonly state?: Kept;
}

async function bringTo(access: ChainAccess, { zoneId, observed, wanted, transient, state = {} }: Bringing) {
  const edit = planEdit(observed, wanted);
  const known = namedZone.safeParse(transient.__zone).data;
  const kept = {
    __zoneName: known?.zoneName ?? state.__zoneName,
    __parent: state.__parent,
    dsAtParent: state.dsAtParent,
  };
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
    zone: { zoneId, zoneName: kept.__zoneName, accountId: known?.accountId },
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
  };
  const isWaiting = known?.hasPrimaries === false && harms?.every(({ kind }) => UNSIGNED_YET.includes(kind));
  if (isWaiting) {
    console.log(
      `DNSSEC of ${zoneName ?? zoneId} is left alone until the SecondaryZone has primaries: presigned, an unsigned zone would be answered REFUSED.`,
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
async function seenAgain(
  access: ChainAccess,
  observed: Dnssec,
  { __zoneName, __parent, dsAtParent: before }: Kept,
): Promise<Kept> {
  const isSigned = servingOf(observed).signer !== "none";
  const isRemembered = before !== undefined || (__parent !== undefined && __parent.ds.length > 0);
  if (__zoneName === undefined || !(isSigned || isRemembered))
    return { __zoneName, __parent, dsAtParent: before };
  const resolvers = access.resolvers();
  const [parent, keyTtl] = await Promise.all([
    observeParent(__zoneName, resolvers),
    askKeyTtl(__zoneName, resolvers),
  ]);
  const now = Date.now();
  return {
    __zoneName,
    __parent: remember(__parent, parent, keyTtl, now),
    dsAtParent: seenAtParent(before, parent, now),
  };
}

/** Disabled, Cloudflare goes on signing until the keys are deleted. */
function servingOf(observed: Dnssec): Serving {
  return servingNow(settingsOf(observed), !beforeOf(observed).deleted);
}

/** The edit that takes one back. */
function undoOf(observed: Dnssec, edit: DnssecEdit): DnssecEdit {
  const { status, dnssecPresigned, dnssecUseNsec3, dnssecMultiSigner } = settingsOf(observed);
  return {
    ...(edit.status === undefined || status === "error" ? {} : { status }),
    ...(edit.dnssec_presigned === undefined ? {} : { dnssec_presigned: dnssecPresigned }),
    ...(edit.dnssec_use_nsec3 === undefined ? {} : { dnssec_use_nsec3: dnssecUseNsec3 }),
    ...(edit.dnssec_multi_signer === undefined ? {} : { dnssec_multi_signer: dnssecMultiSigner }),
  };
}

function outputsOf(observed: Dnssec) {
  return {
    ...settingsOf(observed),
    observedStatus: observed.status ?? "disabled",
    algorithm: observed.algorithm ?? undefined,
    digest: observed.digest ?? undefined,
    digestAlgorithm: observed.digest_algorithm ?? undefined,
    digestType: observed.digest_type ?? undefined,
    ds: observed.ds ?? undefined,
    flags: observed.flags ?? undefined,
    keyTag: observed.key_tag ?? undefined,
    keyType: observed.key_type ?? undefined,
    publicKey: observed.public_key ?? undefined,
    modifiedOn: observed.modified_on ?? undefined,
  };
}
