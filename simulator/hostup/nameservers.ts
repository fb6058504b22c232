import { type ApiAnswer, jsonAnswer } from "../http";
import { domainOf, type HostupCall, type HostupRoute } from "./call";

/** https://developer.hostup.se/endpoints/domain-services/get-v2-domains-id-nameservers */
function show(call: HostupCall, domainId: string): ApiAnswer {
  const { nameservers, dnssecAuto } = domainOf(call, domainId);
  const mayWrite = call.scopes.includes("write:domains");
  return jsonAnswer(200, {
    nameservers,
    registrarLock: { enabled: false, requiresRegistryUnlockFlow: false, unlockAction: null },
    actions: { canChangeNameservers: { allowed: mayWrite, reason: null } },
    // "A nameserver change now would pause automatic DNSSEC": of one that is not in use there is nothing to pause.
    dnssecAutoWillBeBlocked: dnssecAuto.isEnabled,
  });
}

export const nameserverRoutes: readonly HostupRoute[] = [
  { method: "GET", path: "/domains/*/nameservers", rights: ["read:domains"], handle: show },
];
