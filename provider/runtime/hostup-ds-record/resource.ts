import { z } from "zod";
import { observeParent } from "../../chain/observe/parent";
import { say } from "../../core/call-scope";
import type { DsData } from "../../dns/ds";
import { rdataOf } from "../../dns/ds-text";
import { defineResource } from "../../engine/define-resource";
import { changedInput } from "../../engine/unknown";
import { getDomainDnssec } from "../../hostup/ds-records";
import type { Clients } from "../clients";
import { changedDomain, idOfDomain } from "../hostup-domain";
import { refuseIfUnrecorded } from "../hostup-ds-set/may-withdraw";
import { WantedRecords } from "../hostup-ds-set/wanted-records";
import { formatId, parseId } from "./identity";
import { fields, rules } from "./inputs";
import { recordOf } from "./plan";
import { outputsOf, publish, type Waits } from "./publish";
import { withdraw } from "./withdraw";

const CONTENT = ["keyTag", "algorithm", "digestType", "digest"] as const;

const WAITS: Waits = { listed: 15, removable: 60, signed: 5 };

export function hostupDsRecordProvider(clients: Clients, waits = WAITS, records = new WantedRecords()) {
  return defineResource({
    fields,
    rules,
    state: z.object({ profile: z.string().optional(), domainName: z.string().optional() }),
    connect: clients.registrar,
    object: {
      what: "a DS record of a domain",
      by: [
        ["domainId", ...CONTENT],
        ["domainName", ...CONTENT],
      ],
    },

    replaces(id, { domainName }, news) {
      const { domainId, ds } = parseId(id);
      const changed = (key: keyof DsData) => changedInput(news, key, ds[key]);
      return [
        ...changedDomain(news, { domainId, domainName }),
        ...changed("keyTag"),
        ...changed("algorithm"),
        ...changed("digestType"),
        ...changed("digest"),
      ];
    },

    async create(access, inputs, { isReplacing, holderOf, mustBeFree }) {
      const { domainName, adopt, keyTag, algorithm, digestType, digest } = inputs;
      const ds = { keyTag, algorithm, digestType, digest };
      const identity = { domainId: await idOfDomain(access.hostup, inputs), ds };
      const id = formatId(identity);
      mustBeFree(id);
      // What the state has is the program's own, replaced by force or under an earlier name.
      const takesOver = adopt || isReplacing || holderOf(id) === "the state";
      return {
        id,
        outputs: await publish(access, identity, { domainName, takesOver, waits }),
      };
    },

    async read({ hostup: client }, id, state) {
      const identity = parseId(id);
      const { domainId, ds } = identity;
      const dnssec = await getDomainDnssec(client, domainId);
      const record = dnssec && recordOf(dnssec.records, ds);
      if (record === undefined) return undefined;
      const domainName = state.domainName ?? dnssec?.domainName;
      return { outputs: outputsOf(identity, domainName, record), inputs: { domainId, ...ds } };
    },

    // A record never changes: this is for one that an earlier run sent and did not see.
    update(access, id, state, { domainName = state.domainName }) {
      return publish(access, parseId(id), { domainName, takesOver: true, waits });
    },

    async delete(access, id, { domainName: zoneName }) {
      const { domainId, ds } = parseId(id);
      if (records.has(domainId, ds)) {
        say(
          `DS ${rdataOf(ds)} of domain ${domainId} stays published: it is one of the HostupDsSet of this program.`,
        );
        return;
      }
      if (zoneName !== undefined && access.recorded.has(zoneName)) {
        const parent = await observeParent(zoneName, access.resolvers());
        refuseIfUnrecorded(access, zoneName, parent, [ds]);
      }
      await withdraw(access.hostup, { domainId, ds }, waits.removable);
    },
  });
}
