import { domainToASCII, domainToUnicode } from "node:url";
import type { Switches } from "../switches";

/** A zone's name, whose labels are A-labels here, in the form in which the API shows it and finds it. */
export function shownZoneName(name: string, { zoneNames }: Switches): string {
  return zoneNames === "unicode" && /xn--/i.test(name) ? domainToUnicode(name) : name;
}

/** A name as somebody gives it, which may be in Unicode, with A-labels. */
export function asciiName(name: string): string {
  return /[^ -~]/.test(name) ? domainToASCII(name) : name;
}
