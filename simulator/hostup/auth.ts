import type { IncomingHttpHeaders } from "node:http";
import { lookUp, type Scope, type State } from "../state";
import { Problem } from "./problem";

/** The scopes of the caller; a Problem for whoever cannot be recognised. */
export function authenticate(headers: IncomingHttpHeaders, { tokens, switches }: State): readonly Scope[] {
  if (switches.hostupRefusesMissingUserAgent && !headers["user-agent"]) {
    throw new Problem(403, "forbidden", "Requests without a User-Agent are refused.");
  }
  const token = /^Bearer (\S+)$/.exec(headers.authorization ?? "")?.[1];
  const known = token === undefined ? undefined : lookUp(tokens.hostup, token);
  if (!known) throw new Problem(401, "unauthorized", "Authentication is required.");
  return known.scopes;
}
