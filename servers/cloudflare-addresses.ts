import type { SecondaryAddresses } from "./secondary-addresses";

/**
 * Where Cloudflare transfers from, and where it takes NOTIFY. Checked on 2026-11-25 against
 * https://developers.cloudflare.com/dns/zone-setups/zone-transfers/access-control-lists/cloudflare-ip-addresses/
 */
export const CLOUDFLARE: SecondaryAddresses = {
  transferFrom: ["104.30.167.163", "104.30.167.173", "2a09:bac0:1000:c47::/64"],
  notify: [
    "172.65.30.82",
    "172.65.50.145",
    "2606:4700:60:0:317:26ee:3bdf:5774",
    "2606:4700:60:0:35a:4be3:4144:c5ee",
  ].map((address) => ({ address, port: 53 })),
};
