import { z } from "zod";
import { changeDnssec, refusalOfUnsigning } from "../../chain/guard/change-dnssec";
import { dsAtParent } from "../../chain/view/ds-at-parent";
import { savedParent } from "../../chain/view/parent-memory";
import { servingNext } from "../../chain/view/serving";
import type { CloudflareClient } from "../../cloudflare/client";
import { type Dnssec, deleteDnssec, getDnssec, getRecentDnssec } from "../../cloudflare/dnssec";
import { say } from "../../core/call-scope";
import { RefusedError } from "../../core/errors";
import { defineResource } from "../../engine/define-resource";
import { keepingObject, keepingUnlessFinal } from "../../engine/init-failure";
import { changedInput } from "../../engine/unknown";
import type { Clients } from "../clients";
import * as field from "../fields";
import { changedSince, tellLeftAlone } from "../left-alone";
import { bringTo, namedZone, rememberedRegistrar, savedRegistrar, seenAgain } from "./bring";
import { outputsOf } from "./outputs";
import {
  afterDelete,
  beforeOf,
  canDeleteKeys,
  ownSettings,
  planEdit,
  servingOf,
  settingsOf,
  undoOf,
} from "./plan";
import { previewWarning } from "./preview-warning";

const before = z.object({
  status: z.enum(["active", "disabled", "error"]),
  dnssecPresigned: z.boolean(),
  dnssecUseNsec3: z.boolean(),
  dnssecMultiSigner: z.boolean(),
  deleted: z.boolean(),
});

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
      __registrar: savedRegistrar,
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

    async create(access, { zoneId, ...wanted }, { transient, savedOf }) {
      const observed = await mustExist(access.cloudflare, zoneId);
      const __parent = access.withTransfers.get(zoneId);
      const state = savedOf(zoneId) ?? (__parent && { __parent });
      const snapshot = (outputs: object) => ({
        id: zoneId,
        outputs: { ...outputs, __before: beforeOf(observed) },
      });
      const { failure, outputs, isChanged, isDsKnown } = await bringTo(access, {
        zoneId,
        observed,
        wanted,
        transient,
        ...(state && { state }),
      }).catch((error: unknown) => {
        throw keepingUnlessFinal(snapshot(outputsOf(observed)), error);
      });
      if (failure === undefined) return snapshot(outputs);
      // Without state nothing would remember a DS that goes now, and that resolvers hold for a while.
      throw isChanged || isDsKnown ? keepingObject(snapshot(outputs), failure) : failure;
    },

    seen(_id, _wanted, state) {
      const isSigned = state?.status === "active" && !state.__waiting;
      if (isSigned && state.__zoneName !== undefined)
        clients.notes.recorded.note(state.__zoneName, state.__parent);
    },

    warns: (state, news) => previewWarning(state, news),

    isDue: ({ __waiting = false }, { __zone }) =>
      __waiting && namedZone.safeParse(__zone).data?.hasPrimaries === true,

    async read(access, id, state) {
      const observed = await getRecentDnssec(access.cloudflare, id);
      if (observed === undefined) return undefined;
      if (state.__waiting && !observed.dnssec_presigned) {
        // Not yet as the program says, and not because somebody changed it.
        const { status, dnssecPresigned, dnssecUseNsec3, dnssecMultiSigner } = state;
        const { __before, __zoneName, __registrar } = state;
        const wanted = { status, dnssecPresigned, dnssecUseNsec3, dnssecMultiSigner };
        return {
          outputs: { ...outputsOf(observed), ...wanted, __before, __zoneName, __registrar, __waiting: true },
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
      if (all.__zoneName !== undefined) access.recorded.note(all.__zoneName, all.__parent);
      if (failure === undefined) return all;
      // What was seen at the parent has to outlive the refusal: a DS that goes now is held by resolvers for a while.
      throw isNews ? keepingObject({ id, outputs: all }, failure) : failure;
    },

    async delete(access, id, state, { left }) {
      const registrar = rememberedRegistrar(state.__registrar);
      if (registrar !== undefined) access.registrars.set(id, registrar);
      const target = afterDelete(state.onDelete ?? "restore", state.__before);
      if (target === undefined || state.__waiting) return;
      const observed = await getDnssec(access.cloudflare, id);
      if (observed === undefined) return;
      const edit = planEdit(observed, target);
      // One that was interrupted has done a part of it.
      const difference = edit && changedSince(left, ownSettings(observed));
      if (difference !== undefined) return tellLeftAlone(`The DNSSEC of zone ${id}`, difference);
      const zone = { zoneId: id, zoneName: state.__zoneName, accountId: undefined, registrar };
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
      else say(refusal.message);
    },
  });

async function mustExist(client: CloudflareClient, zoneId: string): Promise<Dnssec> {
  const observed = await getRecentDnssec(client, zoneId);
  if (observed !== undefined) return observed;
  throw new RefusedError(
    `Cloudflare knows no zone ${zoneId}.\nNext: check zoneId, and that the API token may see the zone (permission "DNS Read").`,
  );
}
