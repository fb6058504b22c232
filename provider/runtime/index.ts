/**
 * What the resources' `__provider` text loads by name. State files hold that text, so these names
 * stay for ever; they are not for programs.
 */
export { hostupDnssecAuto } from "./hostup-dnssec-auto";
export { tsig } from "./tsig";
export { zoneDnssec } from "./zone-dnssec";
