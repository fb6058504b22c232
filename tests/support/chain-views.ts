import type { ChainView, PrimaryView } from "../../provider/chain/view/chain-view";
import type { SeenDelegation } from "../../provider/chain/view/delegation-memory";
import type { HeldSet } from "../../provider/chain/view/ds-memory";
import type { ParentView } from "../../provider/chain/view/parent-view";
import type { ZoneView } from "../../provider/chain/view/zone-view";
import { type Dnskey, type DsData, dsOf } from "../../provider/dns/ds";
import { failed } from "../../provider/dns/failure";
import type { Primary } from "../../provider/dns/primary";

/** What the guard can see of example.com, for tests of what it decides. */
export const ZONE = "example.com";
export const HOUR = 3_600;
export const NAME_SERVERS = ["ns1.cloudflare.test", "ns2.cloudflare.test"];
export const SEEN_AT = Date.parse("2026-11-26T12:00:00Z");
const ELSEWHERE = ["ns1.elsewhere.test"];

/** A key like no other of another letter. */
export const key = (letter: string, flags = 257): Dnskey => ({
  flags,
  algorithm: 13,
  publicKey: Buffer.alloc(64, letter),
});
export const ds = (letter: string): DsData => dsOf(ZONE, key(letter), 2);

/** Signed by a key-signing key and a zone-signing key of a letter each; more keys may stand beside them. */
export function signedBy(
  letter: string,
  more: Partial<ZoneView> & { beside?: readonly Dnskey[] } = {},
): ZoneView {
  const { beside = [], ...others } = more;
  const [ksk, zsk] = [key(letter), key(letter, 256)];
  return {
    serial: 7,
    soaExpire: 14 * 24 * HOUR,
    dnskeys: [ksk, zsk, ...beside],
    keyTtl: HOUR,
    signers: [ksk],
    zoneSigners: [zsk],
    isSigned: true,
    expires: undefined,
    denial: { kind: "nsec" },
    cds: [],
    ...others,
  };
}

export const UNSIGNED: ZoneView = {
  ...signedBy("-"),
  dnskeys: [],
  signers: [],
  zoneSigners: [],
  isSigned: false,
};

export const ns1: Primary = { name: "ns1", address: "192.0.2.53", port: 53 };
const asked = { primary: ns1, zoneName: ZONE, type: "SOA" } as const;

export const serves = (value: ZoneView): PrimaryView => ({ primary: ns1, view: { ok: true, value } });
export const silent: PrimaryView = {
  primary: ns1,
  view: failed(asked, { kind: "silent", connected: false, afterMs: 2_000 }),
};
export const refusesKey: PrimaryView = { primary: ns1, view: failed(asked, { kind: "unknown-key" }) };

type Seen = Extract<ParentView, { kind: "seen" }>;

/** The parent, by its own servers, with a DS of these letters. */
export function parentWith(letters: string, more: Partial<Seen> = {}): Seen {
  const now = { ds: [...letters].map(ds), ttl: HOUR };
  const delegation = { hosts: NAME_SERVERS, ttl: HOUR };
  return { kind: "seen", source: "parent", now, byResolver: now, delegation, ...more };
}
export const elsewhere = { delegation: { hosts: ELSEWHERE, ttl: HOUR } };
export const cannotBeAsked: ParentView = { kind: "unknown", why: "nobody answers" };

export const heldUntil = (letters: string, until: number | undefined): HeldSet => ({
  ds: [...letters].map(ds),
  ttl: HOUR,
  keyTtl: HOUR,
  until,
});
export const wasDelegatedHere: SeenDelegation = { hosts: NAME_SERVERS, ttl: HOUR, goneAt: 1_000_000 };

/** A zone that `a` signs at the primary and at Cloudflare, whose own key is `c`, with no DS. */
export function chain(view: Partial<ChainView> = {}): ChainView {
  return {
    zoneName: ZONE,
    primaries: [serves(signedBy("a"))],
    unseen: [],
    secondary: [{ ok: true, value: signedBy("a") }],
    parent: parentWith(""),
    registered: { kind: "seen", ds: [] },
    keyTtl: HOUR,
    held: [],
    delegations: [],
    cloudflareDs: ds("c"),
    nameServers: NAME_SERVERS,
    refreshSeconds: 24 * HOUR,
    seenAt: SEEN_AT,
    ...view,
  };
}
