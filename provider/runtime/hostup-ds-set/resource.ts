import { z } from "zod";
import { showsAll } from "../../chain/guard/until-known";
import { WaitError } from "../../core/errors";
import { defineResource } from "../../engine/define-resource";
import type { PropertyMap } from "../../engine/property-values";
import { getDomainDnssec } from "../../hostup/ds-records";
import type { Clients } from "../clients";
import { changedDomain, idOfDomain } from "../hostup-domain";
import { bringTo, type Waits } from "./bring";
import { describeForgetting } from "./describe-forgetting";
import { fields, rules } from "./inputs";
import { formatLines, readLines } from "./lines";
import { lookAtParent } from "./look-at-parent";
import { common, union, without } from "./plan";
import { outputsOf, savedSet, standingOf } from "./standing";
import { WantedRecords } from "./wanted-records";
import { isGone, withdrawSet } from "./withdraw-set";

const WAITS: Waits = { listed: 15, removable: 60, signed: 60 };

const guarded = z.object({ __zone: z.object({ isSigningGuarded: z.literal(true) }) });
const isSigningGuardedIn = (transient: PropertyMap) => guarded.safeParse(transient).success;

export function hostupDsSetProvider(clients: Clients, waits = WAITS, records = new WantedRecords()) {
  return defineResource({
    fields,
    rules,
    state: savedSet,
    transient: ["__zone"],
    connect: clients.registrar,
    object: { what: "the DS set of a domain", by: [["domainId"], ["domainName"]] },

    replaces(id, { domainName }, news) {
      return changedDomain(news, { domainId: id, domainName });
    },

    seen: (id, wanted) => records.note(id, wanted?.ds),

    isDue: ({ __due }) => __due !== undefined && __due <= Date.now(),

    async create(access, inputs, { mustBeFree, transient }) {
      const domainId = await idOfDomain(access.hostup, inputs);
      mustBeFree(domainId);
      const { domainName, ds, waitForRemoval } = inputs;
      const isSigningGuarded = isSigningGuardedIn(transient);
      const wanted = { domainId, domainName, ds, waitForRemoval, isSigningGuarded };
      return bringTo(access, wanted, { own: [] }, waits);
    },

    async read(access, id, saved) {
      const dnssec = await getDomainDnssec(access.hostup, id);
      if (dnssec === undefined) return undefined;
      const standing = standingOf(saved);
      const domainName = saved.domainName ?? dnssec.domainName;
      const listed = dnssec.records.map(({ ds }) => ds);
      // What `get` looks up is all there is.
      const wanted = saved.ds === undefined ? listed : readLines(saved.ds).ds;
      const zoneName = standing.zoneName ?? domainName;
      const own = common(union(standing.own, wanted), listed);
      // What waits to be published is not gone.
      const waiting = standing.due === undefined ? [] : without(wanted, standing.own);
      const present = common(wanted, union(listed, waiting));
      const inputs = { domainId: id, ds: formatLines({ owner: zoneName, ds: present }) };
      if (zoneName === undefined) return { outputs: outputsOf(id, domainName, { ...standing, own }), inputs };
      const known = { ds: standing.own, isListed: own.length > 0, kept: standing.memory };
      const { parent, memory, isShown: isThere } = await lookAtParent(access, zoneName, known);
      const isShown = own.length > 0 && showsAll(parent, wanted);
      const shownSince = isShown ? (standing.shownSince ?? Date.now()) : undefined;
      const wasShown = standing.wasShown || isThere;
      const seen = { ...standing, zoneName, own, memory, shownSince, wasShown };
      return { outputs: outputsOf(id, domainName, seen), inputs };
    },

    async update(access, id, saved, inputs, { transient }) {
      const { ds, waitForRemoval, domainName = saved.domainName } = inputs;
      const standing = standingOf(saved);
      const wanted = readLines(ds).ds;
      // The parent has been seen with all that is wanted where no more is wanted than before.
      const isKnown = common(wanted, readLines(saved.ds ?? "").ds).length === wanted.length;
      const before = isKnown ? standing : { ...standing, shownSince: undefined };
      const isSigningGuarded = isSigningGuardedIn(transient);
      const set = { domainId: id, domainName, ds, waitForRemoval, isSigningGuarded };
      const { outputs } = await bringTo(access, set, before, waits);
      return outputs;
    },

    async delete(access, id, saved) {
      const { own, memory: kept, zoneName = saved.domainName ?? id, wasShown = false } = standingOf(saved);
      const { waitForRemoval } = saved;
      const { removable } = waits;
      const leaving = {
        domainId: id,
        zoneName,
        ds: own,
        kept,
        wasShown,
        waitForRemoval,
        removable,
        isForgetful: true,
      };
      const forgetting = await withdrawSet(access, leaving);
      const failure = describeForgetting(leaving, forgetting, (kept?.ds ?? []).some(isGone));
      if (failure !== undefined) throw new WaitError(failure);
    },
  });
}
