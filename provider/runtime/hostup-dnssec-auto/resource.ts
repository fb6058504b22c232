import { z } from "zod";
import { WaitError } from "../../core/errors";
import { undottedALabels } from "../../dns/domain-name";
import { defineResource } from "../../engine/define-resource";
import { keepingObject, keepingUnlessFinal } from "../../engine/init-failure";
import { pollUntil } from "../../engine/poll";
import type { HostupClient } from "../../hostup/client";
import {
  type DnssecAuto,
  type DnssecAutoAction,
  getDnssecAuto,
  setDnssecAuto,
} from "../../hostup/dnssec-auto";
import { getDelegation } from "../../hostup/nameservers";
import type { Clients } from "../clients";
import * as field from "../fields";
import { changedDomain, domainId, domainName, idOfDomain, oneDomain, unknownDomain } from "../hostup-domain";
import { changedSince, tellLeftAlone } from "../left-alone";
import { afterDelete, type Enrolment, enrolmentOf, hintFor, judge, planAction } from "./plan";

const action = field.oneOf("include", "exclude");
const onDelete = field.oneOf("restore", "exclude", "include", "retain");

export const hostupDnssecAutoProvider = (clients: Clients) =>
  defineResource({
    fields: {
      domainId,
      domainName,
      action: action.default("include"),
      waitForActive: field.timeout,
      onDelete: onDelete.default("restore"),
      profile: field.profile,
    },
    rules: [
      oneDomain,
      {
        over: ["action", "waitForActive"],
        test: (inputs) =>
          inputs.action === "exclude" && inputs.waitForActive !== false
            ? 'waitForActive is set while action is "exclude"; allowed: false, since an excluded domain never becomes active'
            : undefined,
      },
    ],
    state: z.object({
      profile: z.string().optional(),
      domainName: z.string().optional(),
      action: action.optional(),
      onDelete: onDelete.optional(),
      __before: z.enum(["include", "exclude", "unclear"]).optional(),
    }),
    waitInput: "waitForActive",
    connect: clients.hostup,
    object: { what: "the automatic DNSSEC of a domain", by: [["domainId"], ["domainName"]] },
    settings: ["action"],

    replaces(id, { domainName }, news) {
      return changedDomain(news, { domainId: id, domainName });
    },

    async create(client, inputs, { mustBeFree }) {
      const id = await idOfDomain(client, inputs);
      mustBeFree(id);
      const observed = await mustExist(client, id);
      const before = enrolmentOf(observed);
      try {
        return { id, outputs: await bringTo(client, id, observed, inputs, before) };
      } catch (error) {
        throw keepingUnlessFinal({ id, outputs: outputsOf(id, observed, inputs, before) }, error);
      }
    },

    async read(client, id, state) {
      const observed = await getDnssecAuto(client, id);
      if (observed === undefined) return undefined;
      const outputs = outputsOf(id, observed, state, state.__before);
      return { outputs, inputs: outputs };
    },

    async update(client, id, state, inputs) {
      return bringTo(client, id, await mustExist(client, id), inputs, state.__before);
    },

    async delete(client, id, state, { left }) {
      const wanted = afterDelete(state.onDelete ?? "restore", state.__before);
      if (wanted === undefined) return;
      const observed = await getDnssecAuto(client, id);
      if (observed === undefined || planAction(observed, wanted) === undefined) return;
      const enrolment = enrolmentOf(observed);
      const difference = changedSince(left, enrolment === "unclear" ? {} : { action: enrolment });
      if (difference !== undefined) return tellLeftAlone(`The automatic DNSSEC of domain ${id}`, difference);
      await setDnssecAuto(client, id, wanted);
    },
  });

interface Wanted {
  readonly domainName?: string | undefined;
  readonly action: DnssecAutoAction;
  readonly waitForActive: number | false;
}

async function mustExist(client: HostupClient, id: string): Promise<DnssecAuto> {
  const observed = await getDnssecAuto(client, id);
  if (observed !== undefined) return observed;
  throw unknownDomain(id);
}

async function bringTo(
  client: HostupClient,
  id: string,
  observed: DnssecAuto,
  wanted: Wanted,
  before: Enrolment | undefined,
) {
  const { action, waitForActive } = wanted;
  const now = planAction(observed, action) ? await setDnssecAuto(client, id, action) : observed;
  if (waitForActive === false) return outputsOf(id, now, wanted, before);

  const subject = `domain ${wanted.domainName ?? id} to become active in automatic DNSSEC`;
  const snapshotOf = (last: DnssecAuto) => ({ id, outputs: outputsOf(id, last, wanted, before) });
  const waited = await pollUntil(now, {
    subject,
    timeoutSeconds: waitForActive,
    look: () => mustExist(client, id),
    judge,
  }).catch((error: unknown) => {
    // The enrolment is made, and with it what `before` remembers.
    throw keepingObject(snapshotOf(now), error);
  });
  if (waited.failure === undefined) return outputsOf(id, waited.observed, wanted, before);
  const why = waited.failure.replace(/\.$/, "");
  const hint = hintFor(waited.observed, await delegationOf(client, id, waited.observed));
  const failure = new WaitError(`Gave up waiting for ${subject}: ${why}.\n${hint}`);
  throw keepingObject(snapshotOf(waited.observed), failure);
}

/** Asked only where it explains something, and not worth another failure. */
function delegationOf(client: HostupClient, id: string, { status }: DnssecAuto) {
  return status === "inactive" ? getDelegation(client, id).catch(() => undefined) : undefined;
}

function outputsOf(
  id: string,
  observed: DnssecAuto,
  known: { readonly domainName?: string | undefined; readonly action?: DnssecAutoAction | undefined },
  before: Enrolment | undefined,
) {
  const enrolment = enrolmentOf(observed);
  return {
    domainId: id,
    domainName: observed.domainName ? undottedALabels(observed.domainName) : known.domainName,
    // Blocked says nothing of the enrolment, so what was asked for last holds.
    action: enrolment === "unclear" ? known.action : enrolment,
    status: observed.status,
    reason: observed.reason ?? undefined,
    isEnabled: observed.isEnabled,
    isBlocked: observed.isBlocked,
    blockedUntil: observed.blockedUntil ?? undefined,
    blockReason: observed.blockReason ?? undefined,
    lastCheckedAt: observed.lastCheckedAt ?? undefined,
    lastError: observed.lastError ?? undefined,
    nameserversChangedAt: observed.nameserversChangedAt ?? undefined,
    __before: before,
  };
}
