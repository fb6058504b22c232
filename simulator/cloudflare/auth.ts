import type { IncomingHttpHeaders } from "node:http";
import { lookUp, PERMISSIONS, type Permission, type State } from "../state";
import { Refusal } from "./envelope";
import { CHOSEN, SEEN } from "./error-codes";

function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(",") : value;
}

/** Who is counted by the rate limit: the token, the user behind a key, or the nameless. */
export function credentialOf(headers: IncomingHttpHeaders): string {
  return headers.authorization ?? single(headers["x-auth-email"]) ?? "";
}

export function tokenOf({ authorization = "" }: IncomingHttpHeaders): string | undefined {
  return /^Bearer ([\w.~+/=-]+)$/.exec(authorization)?.[1];
}

/** What the caller may do; a Refusal for whoever cannot be recognised. */
export function authenticate(headers: IncomingHttpHeaders, { tokens }: State): readonly Permission[] {
  if (headers.authorization !== undefined) {
    const token = tokenOf(headers);
    if (token === undefined) {
      throw new Refusal(400, {
        code: 6003,
        message: "Invalid request headers",
        error_chain: [{ code: 6111, message: "Invalid format for Authorization header" }],
      });
    }
    const known = lookUp(tokens.cloudflare, token);
    if (!known) throw new Refusal(403, SEEN.authentication);
    return known.permissions;
  }
  const email = single(headers["x-auth-email"]);
  const key = single(headers["x-auth-key"]);
  if (email === undefined || key === undefined) throw new Refusal(400, CHOSEN.missingCredentials);
  if (lookUp(tokens.cloudflareKeys, email)?.apiKey !== key) throw new Refusal(403, SEEN.authentication);
  return PERMISSIONS;
}
