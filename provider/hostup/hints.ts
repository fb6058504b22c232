import { CHANGED_CREDENTIAL } from "../core/changed-credential";
import type { Place } from "../core/settings";
import type { Refusal } from "../http/dialect";
import { inWords } from "../http/rate-headers";

/** What to do about a refusal, from https://developer.hostup.se/errors and the calls' own pages. */
export function hint(refusal: Refusal, credentialsFrom: Place): string {
  const isCredential = refusal.status === 401 || refusal.status === 403;
  return adviceOn(refusal) + (isCredential && credentialsFrom === "stack" ? CHANGED_CREDENTIAL : "");
}

function adviceOn({ status, permission, retryAfter, problems }: Refusal): string {
  if (problems.some(({ code }) => code === "domain_not_eligible"))
    return "HostUp cannot publish DNSSEC for this domain: take the resource out of the program, or move the domain to a registrar that can.";
  switch (status) {
    case 401:
      return `check that the API key is valid, not expired, and allowed from this address; it needs the scopes "${permission}".`;
    case 403:
      return `give the API key the scopes "${permission}", and check that the domain belongs to its account.`;
    case 404:
      return "check the domain id or name: this API key's account has no such domain.";
    case 409:
      return "the domain is in a state that does not allow this (transfer, lock or pending order): look at it at HostUp.";
    case 429:
      return `wait ${retryAfter === undefined ? "a minute" : inWords(retryAfter)}, then run the command again: HostUp limits calls per key.`;
    default:
      if (status >= 400 && status < 500 && status !== 408)
        return "correct the inputs named above, then run the command again.";
      return "HostUp or its registry is in trouble: wait a little, then run the command again.";
  }
}
