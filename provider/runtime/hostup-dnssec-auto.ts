import { z } from "zod";
import { defineResource } from "../core/define-resource";
import { NAME_ALLOWED, undottedALabels } from "../core/domain-name";
import { RefusedError, WaitError } from "../core/errors";
import { keepingMade, keepingWhatStood } from "../core/partial-failure";
import { changedInput } from "../core/unknown";
import { waitUntil } from "../core/wait";
import type { HostupClient } from "../hostup/client";
import { type DnssecAuto, type DnssecAutoAction, getDnssecAuto, setDnssecAuto } from "../hostup/dnssec-auto";
import { findDomainId } from "../hostup/domains";
import type { Clients } from "./clients";
import * as field from "./fields";
import { afterDelete, type Enrolment, enrolmentOf, judge, planAction } from "./hostup-plan";

const idAllowed = 'an id as GET /domains shows it, such as "dom_01hxa3b4c5d6e7f8g9h0j1k2m3", not a name';
const domainId = z
  .string(idAllowed)
  .regex(/^dom_[A-Za-z0-9]+$/, idAllowed)
  .optional();

const nameAllowed = `${NAME_ALLOWED}; an internationalised name in its xn-- form`;
const domainName = field.undottedName(nameAllowed).optional();

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
      {
        over: ["domainId", "domainName"],
        test: (inputs) =>
          (inputs.domainId === undefined) === (inputs.domainName === undefined)
            ? `domainId and domainName are ${inputs.domainId === undefined ? "both missing" : "both given"}; allowed: one of them`
            : undefined,
      },
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
    awaits: "waitForActive",
    connect: clients.hostup,

    replaces(id, state, news) {
      const changed = (key: "domainId" | "domainName", current: string | undefined) =>
        news[key] === undefined ? [] : changedInput(news, key, current);
      return [...changed("domainId", id), ...changed("domainName", state.domainName)];
    },

    async create(client, inputs) {
      const id = inputs.domainId ?? (await findDomainId(client, inputs.domainName ?? ""));
      const observed = await mustExist(client, id);
      const before = enrolmentOf(observed);
      try {
        return { id, outputs: await bringTo(client, id, observed, inputs, before) };
      } catch (error) {
        throw keepingWhatStood({ id, outputs: outputsOf(id, observed, inputs, before) }, error);
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

    async delete(client, id, state) {
      const wanted = afterDelete(state.onDelete ?? "restore", state.__before);
      if (wanted === undefined) return;
      const observed = await getDnssecAuto(client, id);
      if (observed !== undefined && planAction(observed, wanted)) await setDnssecAuto(client, id, wanted);
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
  throw new RefusedError(
    `HostUp knows no domain ${id} in this account.\nNext: check domainId, or that the API key belongs to the domain's account.`,
  );
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
  const waited = await waitUntil(now, {
    subject,
    timeoutSeconds: waitForActive,
    look: () => mustExist(client, id),
    judge,
  }).catch((error: unknown) => {
    // The enrolment is made, and with it what `before` remembers.
    throw keepingMade(snapshotOf(now), error);
  });
  if (waited.failure === undefined) return outputsOf(id, waited.observed, wanted, before);
  const why = waited.failure.replace(/\.$/, "");
  const next = "run the command again later, or set waitForActive to false to go on without it";
  const failure = new WaitError(`Gave up waiting for ${subject}: ${why}.\nNext: ${next}.`);
  throw keepingMade(snapshotOf(waited.observed), failure);
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
