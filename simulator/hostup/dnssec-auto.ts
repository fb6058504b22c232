import { z } from "zod";
import type { ApiAnswer } from "../http";
import { jsonAnswer } from "../http";
import { parseJsonBody } from "../json-body";
import { domainOf, type HostupCall, type HostupRoute } from "./call";
import { exclude, include, read } from "./dnssec-auto-states";
import { badBody } from "./problem";

const toggleBody = z.strictObject({ action: z.enum(["include", "exclude"]) });

function show(call: HostupCall, domainId: string): ApiAnswer {
  const domain = domainOf(call, domainId);
  read(domain, call.world);
  return jsonAnswer(200, domain.dnssecAuto);
}

function toggle(call: HostupCall, domainId: string): ApiAnswer {
  const domain = domainOf(call, domainId);
  const parsed = parseJsonBody(call.request.body, toggleBody);
  if ("problems" in parsed) throw badBody(parsed.problems);
  if (parsed.value.action === "include") include(domain, call.world);
  else exclude(domain, call.world);
  return jsonAnswer(200, domain.dnssecAuto);
}

const PATH = "/domains/*/dnssec-auto";

export const dnssecAutoRoutes: readonly HostupRoute[] = [
  { method: "GET", path: PATH, rights: ["read:domains"], handle: show },
  { method: "POST", path: PATH, rights: ["write:domains"], handle: toggle },
];
