import { domainToASCII, domainToUnicode } from "node:url";
import type { World } from "../state";

/** A domain name in the form in which the API shows it and knows it again. */
export function shownName(name: string, { state }: World): string {
  if (state.switches.hostupDomainNames === "unicode")
    return /xn--/i.test(name) ? domainToUnicode(name) : name;
  return /[^ -~]/.test(name) ? domainToASCII(name) : name;
}
