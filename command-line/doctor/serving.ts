import { type Serving, servingNow } from "../../provider/chain/view/serving";
import { askedStatus, type Dnssec } from "../../provider/cloudflare/dnssec";

/** How Cloudflare serves the zone by its settings. A zone that is disabled and was never changed has no keys there. */
export function servingBy(dnssec: Dnssec): Serving {
  const status = askedStatus[dnssec.status ?? "disabled"];
  const hasKeys = status !== "disabled" || Boolean(dnssec.modified_on);
  const flags = {
    status,
    dnssecPresigned: dnssec.dnssec_presigned ?? false,
    dnssecUseNsec3: dnssec.dnssec_use_nsec3 ?? false,
    dnssecMultiSigner: dnssec.dnssec_multi_signer ?? false,
  };
  return servingNow(flags, hasKeys);
}

export const SIGNERS: Readonly<Record<Serving["signer"], string>> = {
  none: "unsigned",
  primary: "presigned",
  cloudflare: "signed by Cloudflare",
  both: "multi-signer",
};
