import { CHANGED_CREDENTIAL } from "../core/changed-credential";
import type { Place } from "../core/settings";
import type { Refusal } from "../http/dialect";
import { inWords } from "../http/rate-headers";
import { IN_USE } from "./in-use";

/**
 * What to do about a refusal. Codes as seen on the live API; its documents do not list them. A code says more than
 * the status that it comes with.
 */
export function hint(refusal: Refusal, credentialsFrom: Place): string {
  const credential = refusedCredential(refusal);
  if (credential !== undefined)
    return credentialsFrom === "stack" ? credential + CHANGED_CREDENTIAL : credential;
  const { method, status, retryAfter } = refusal;
  const { has, says } = looking(refusal);
  const isWrite = method !== "GET" && method !== "DELETE";

  if (status === 429) {
    const wait = retryAfter === undefined ? "5 minutes" : inWords(retryAfter);
    return `wait ${wait}: Cloudflare allows 1,200 calls in 5 minutes to one user and then refuses all of them.`;
  }
  if (has("1017") || says(/invalid zone plan/i)) {
    return "the zone is not active yet (its name servers are not delegated), or its plan lacks this feature: presigned DNSSEC, NSEC3 and zone transfers are Enterprise features.";
  }
  if (isEntitlement(refusal)) {
    return "this account is not entitled to it: ask Cloudflare's account team to enable Secondary DNS.";
  }
  if ((status === 404 || has("7003")) && (method === "PUT" || method === "PATCH")) {
    return 'check the id. If it was deleted outside Pulumi, "pulumi up --refresh" recreates it; or the token may not see it.';
  }
  if (status === 404 || has("7003") || has("7000")) {
    return "check the id: nothing with it exists in this account, or the token may not see it.";
  }
  if (method === "DELETE" && says(IN_USE)) {
    return "something still uses it: take a peer out of the incoming transfer of every zone first, and a TSIG out of every peer, then run the command again.";
  }
  if (status === 409)
    return 'somebody else changed it at the same time: run "pulumi refresh", then the command again.';
  if (status >= 500 || status === 408)
    return "Cloudflare is in trouble (https://www.cloudflarestatus.com): wait a little, then run the command again.";
  if (isWrite && says(MISSING)) {
    return 'what it refers to is gone, or its id is wrong: if it was deleted outside Pulumi, "pulumi up --refresh" recreates it; else correct the inputs named above.';
  }
  if (method === "POST" && says(/already exists/i)) {
    return "it was made elsewhere a moment ago: run the command again, which takes it over or says whose it may be.";
  }
  const isAboutBody = refusal.problems.some(({ pointer }) => pointer !== undefined);
  if (method === "DELETE" && !isAboutBody) {
    return "remove what stands in the way, in the program or in Cloudflare's dashboard, then run the command again.";
  }
  return "correct the inputs named above, then run the command again.";
}

/** No document says how Cloudflare words it. */
const MISSING = /\b(no such|not found|does not exist|doesn't exist)\b/i;

/** `undefined`: the refusal has nothing to do with the credential. */
function refusedCredential(refusal: Refusal): string | undefined {
  const { status, permission } = refusal;
  const { has, says } = looking(refusal);
  if (status === 429 || status >= 500 || isEntitlement(refusal)) return undefined;
  if (has("6003") || has("6111")) {
    return "the credential does not look like an API token: set it again without quotes, spaces or line breaks.";
  }
  if (has("9109") && says(/location/i)) {
    return "the token may not be used from the address of this machine: allow it in the token's Client IP Address Filtering, or run the command where it is allowed.";
  }
  if (status === 405 || has("10405")) {
    return "this call takes no API token: set an e-mail and a Global API Key in place of the token.";
  }
  if (status === 401 || has("9103") || has("9106") || has("10001")) {
    return `Cloudflare does not know this credential: check that the API token, or the e-mail and key, is valid and not expired; it needs the permission "${permission}".`;
  }
  if (status === 403 || has("10000") || has("9109")) {
    return `give the API token the permission "${permission}" for this account or zone, and check that the id belongs to it. A token made seconds ago may need a moment.`;
  }
  return undefined;
}

function isEntitlement(refusal: Refusal): boolean {
  return looking(refusal).says(/not authorized to setup|signup not allowed/i);
}

function looking({ problems }: Refusal) {
  return {
    has: (code: string) => problems.some((problem) => problem.code === code),
    says: (text: RegExp) => problems.some((problem) => text.test(problem.message)),
  };
}
