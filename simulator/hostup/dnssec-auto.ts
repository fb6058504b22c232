import { z } from "zod";
import type { ApiAnswer } from "../http";
import { jsonAnswer } from "../http";
import { parseJsonBody } from "../json-body";
import type { Domain, World } from "../state";
import { domainOf, type HostupCall, type HostupRoute } from "./call";
import { exclude, include, read } from "./dnssec-auto-states";
import { badBody } from "./problem";
import { shownName } from "./shown-name";

const toggleBody = z.strictObject({ action: z.enum(["include", "exclude"]) });

function show(call: HostupCall, domainId: string): ApiAnswer {
  const domain = domainOf(call, domainId);
  read(domain, call.world);
  return present(domain, call.world);
}

function toggle(call: HostupCall, domainId: string): ApiAnswer {
  const domain = domainOf(call, domainId);
  const parsed = parseJsonBody(call.request.body, toggleBody);
  if ("problems" in parsed) throw badBody(parsed.problems);
  if (parsed.value.action === "include") include(domain, call.world);
  else exclude(domain, call.world);
  return present(domain, call.world);
}

function present({ dnssecAuto }: Domain, world: World): ApiAnswer {
  const { domainName } = dnssecAuto;
  return jsonAnswer(200, {
    ...dnssecAuto,
    domainName: domainName === null ? null : shownName(domainName, world),
  });
}

const PATH = "/domains/*/dnssec-auto";

export const dnssecAutoRoutes: readonly HostupRoute[] = [
  { method: "GET", path: PATH, rights: ["read:domains"], handle: show },
  { method: "POST", path: PATH, rights: ["write:domains"], handle: toggle },
];
