import type { Refusal } from "../core/api-client";

/** What to do about a refusal. Codes as seen on the live API; its documents do not list them. */
export function hint({ method, status, problems, permission, retryAfter }: Refusal): string {
  const has = (code: string) => problems.some((problem) => problem.code === code);
  const says = (text: RegExp) => problems.some((problem) => text.test(problem.message));

  if (status === 429) {
    const wait = retryAfter === undefined ? "5 minutes" : `${retryAfter} s`;
    return `wait ${wait}: Cloudflare allows 1,200 calls in 5 minutes to one user and then refuses all of them.`;
  }
  if (has("1017") || says(/invalid zone plan/i)) {
    return "the zone is not active yet (its name servers are not delegated), or its plan lacks this feature: presigned DNSSEC, NSEC3 and zone transfers are Enterprise features.";
  }
  if (says(/not authorized to setup|signup not allowed/i)) {
    return "this account is not entitled to it: ask Cloudflare's account team to enable Secondary DNS.";
  }
  if (has("6003") || has("6111")) {
    return "the credential has not the form of an API token: set it again without quotes, spaces or line breaks.";
  }
  if (status === 401)
    return `check that the API token is valid and not expired; it needs the permission "${permission}".`;
  if (status === 403 || has("10000") || has("9109")) {
    return `give the API token the permission "${permission}" for this account or zone, and check that the id belongs to it. A token made seconds ago may need a moment.`;
  }
  if ((status === 404 || has("7003")) && (method === "PUT" || method === "PATCH")) {
    return 'check the id. If it was deleted outside Pulumi, "pulumi up --refresh" makes it again; or the token may not see it.';
  }
  if (status === 404 || has("7003") || has("7000")) {
    return "check the id: nothing with it exists in this account, or the token may not see it.";
  }
  if (status === 409)
    return 'somebody else changed it at the same time: run "pulumi refresh", then the command again.';
  if (status >= 500)
    return "Cloudflare is in trouble (https://www.cloudflarestatus.com): wait a little, then run the command again.";
  return "correct the inputs named above, then run the command again.";
}
