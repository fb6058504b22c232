import { z } from "zod";
import type { CloudflareClient } from "../cloudflare/client";
import { type Dnssec, deleteDnssec, editDnssec, getDnssec } from "../cloudflare/dnssec";
import { defineResource } from "../core/define-resource";
import { RefusedError } from "../core/errors";
import { keepingWhatStood } from "../core/partial-failure";
import { changedInput } from "../core/unknown";
import type { Clients } from "./clients";
import {
  afterDelete,
  beforeOf,
  canDeleteKeys,
  type DnssecSettings,
  planEdit,
  settingsOf,
} from "./dnssec-plan";
import * as field from "./fields";
import { changedSince, tellLeftAlone } from "./left-alone";

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
    }),
    connect: clients.cloudflare,
    object: { what: "the DNSSEC of a zone", by: [["zoneId"]] },
    settings: ["status", "dnssecPresigned", "dnssecUseNsec3", "dnssecMultiSigner"],

    replaces(id, _state, news) {
      return changedInput(news, "zoneId", id);
    },

    async create(client, { zoneId, ...wanted }) {
      const observed = await mustExist(client, zoneId);
      const snapshot = (outputs: object) => ({
        id: zoneId,
        outputs: { ...outputs, __before: beforeOf(observed) },
      });
      try {
        return snapshot(await bringTo(client, zoneId, observed, wanted));
      } catch (error) {
        throw keepingWhatStood(snapshot(outputsOf(observed)), error);
      }
    },

    async read(client, id, state) {
      const observed = await getDnssec(client, id);
      if (observed === undefined) return undefined;
      return {
        outputs: { ...outputsOf(observed), __before: state.__before },
        inputs: { zoneId: id, ...settingsOf(observed) },
      };
    },

    async update(client, id, state, wanted) {
      const outputs = await bringTo(client, id, await mustExist(client, id), wanted);
      return { ...outputs, __before: state.__before };
    },

    async delete(client, id, state, { left }) {
      const target = afterDelete(state.onDelete ?? "restore", state.__before);
      if (target === undefined) return;
      const observed = await getDnssec(client, id);
      if (observed === undefined) return;
      const edit = planEdit(observed, target);
      if (edit === undefined && !(target.deleted && canDeleteKeys(observed))) return;
      const difference = changedSince(left, ownSettings(observed));
      if (difference !== undefined) return tellLeftAlone(`The DNSSEC of zone ${id}`, difference);
      const now = edit ? await editDnssec(client, id, edit) : observed;
      if (target.deleted && canDeleteKeys(now)) await deleteDnssec(client, id);
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

async function bringTo(client: CloudflareClient, zoneId: string, observed: Dnssec, wanted: DnssecSettings) {
  const edit = planEdit(observed, wanted);
  return outputsOf(edit ? await editDnssec(client, zoneId, edit) : observed);
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
