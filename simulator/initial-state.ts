import { createHash } from "node:crypto";
import { type RateLimit, SCOPES, type State } from "./state";
import { describeIssues, stateSchema } from "./state-schema";
import type { Switches } from "./switches";

export interface InitialState {
  readonly zones: number;
  readonly rateLimits: { readonly cloudflare: RateLimit; readonly hostup: RateLimit };
  readonly latencyMs: number;
  readonly switches: Partial<Switches>;
  readonly cloudflareToken: string;
  readonly cloudflareEmail: string;
  readonly cloudflareApiKey: string;
  readonly hostupToken: string;
}

export const ACCOUNT_ID = hexId("account");

/** Ids are made from names, so that every run has the same ones. */
function hexId(name: string): string {
  return createHash("sha256").update(name).digest("hex").slice(0, 32);
}

/** HostUp's public ids: 26 characters of lower-case base32. */
function domainId(name: string): string {
  const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
  const characters = [...createHash("sha256").update(name).digest().subarray(0, 26)];
  return `dom_${characters.map((byte) => alphabet.charAt(byte % 32)).join("")}`;
}

export function createState(initial: InitialState): State {
  const zones: Record<string, object> = {};
  const domains: Record<string, object> = {};
  for (let index = 0; index < initial.zones; index += 1) {
    const label = `zone-${String(index).padStart(4, "0")}`;
    zones[hexId(`${label}.example`)] = {
      name: `${label}.example`,
      type: "secondary",
      plan: "enterprise",
      accountId: ACCOUNT_ID,
    };
    const name = `${label}.se`;
    domains[domainId(name)] = { name };
  }
  const parsed = stateSchema.safeParse({
    accounts: { [ACCOUNT_ID]: { name: "Simulated account" } },
    zones,
    tsigs: {},
    peers: {},
    acls: {},
    domains,
    tokens: {
      cloudflare: {
        [initial.cloudflareToken]: { permissions: ["Zone Read", "DNS Write", "Account Settings Write"] },
      },
      cloudflareKeys: { [initial.cloudflareEmail]: { apiKey: initial.cloudflareApiKey } },
      hostup: { [initial.hostupToken]: { scopes: [...SCOPES] } },
    },
    rateLimits: initial.rateLimits,
    latencyMs: initial.latencyMs,
    switches: initial.switches,
  });
  if (!parsed.success) throw new TypeError(`simulator options: ${describeIssues(parsed.error)}`);
  return parsed.data;
}
