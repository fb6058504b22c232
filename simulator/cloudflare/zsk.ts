import { CLASS, TYPE } from "../dns/codes";
import { KEY_FLAGS } from "../dns/signing-key";
import type { Zone } from "../state";
import { type CloudflareRoute, zoneOf } from "./call";
import { isDeleted } from "./dnssec-states";
import { success } from "./envelope";
import { ZSK } from "./signing-keys";

const TTL = 3600;

/**
 * The zone-signing keys: Cloudflare's own while the zone is signed. Its private half is never shown.
 * https://developers.cloudflare.com/api/resources/dns/subresources/dnssec/subresources/zsk/
 */
function keysOf(zone: Zone): readonly object[] {
  if (isDeleted(zone)) return [];
  const pubkey = ZSK.dnskey.toString("base64", 4);
  const header = {
    Name: `${zone.name}.`,
    Rrtype: TYPE.DNSKEY,
    Class: CLASS.IN,
    Ttl: TTL,
    Rdlength: ZSK.dnskey.length,
  };
  return [
    {
      Name: "zsk",
      Tag: "active",
      Location: "database",
      DNSKEY: {
        Hdr: header,
        Flags: KEY_FLAGS.zsk,
        Protocol: ZSK.dnskey.readUInt8(2),
        Algorithm: ZSK.dnskey.readUInt8(3),
        PublicKey: pubkey,
      },
      SigningKey: { kek: null, privkey: null, pubkey },
    },
  ];
}

export const zskRoutes: readonly CloudflareRoute[] = [
  {
    method: "GET",
    path: "/zones/*/dnssec/zsk",
    rights: ["DNS Read", "DNS Write"],
    handle: (call, zoneId: string) => {
      const keys = keysOf(zoneOf(call, zoneId));
      const count = keys.length;
      return success(keys, { page: 1, per_page: count, count, total_count: count });
    },
  },
];
