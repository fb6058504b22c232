import type { Dnssec } from "../../cloudflare/dnssec";
import { settingsOf } from "./plan";

/** What is shown of a zone's DNSSEC. */
export function outputsOf(observed: Dnssec) {
  return {
    ...settingsOf(observed),
    observedStatus: observed.status ?? "disabled",
    algorithm: observed.algorithm ?? undefined,
    digest: observed.digest ?? undefined,
    digestAlgorithm: observed.digest_algorithm ?? undefined,
    digestType: observed.digest_type ?? undefined,
    ds: observed.ds ?? undefined,
    flags: observed.flags ?? undefined,
    keyTag: observed.key_tag ?? undefined,
    keyType: observed.key_type ?? undefined,
    publicKey: observed.public_key ?? undefined,
    modifiedOn: observed.modified_on ?? undefined,
  };
}
