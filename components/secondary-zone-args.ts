import type * as pulumi from "@pulumi/pulumi";
import type { HostupDnssecAutoArgs } from "../provider/hostup-dnssec-auto";
import type { HostupDsSetArgs } from "../provider/hostup-ds-set";
import type { IncomingTransferArgs } from "../provider/incoming-transfer";
import type { PrimaryDsArgs } from "../provider/primary-ds";
import type { TransferPeer, TransferPeerArgs } from "../provider/transfer-peer";
import type { TsigArgs } from "../provider/tsig";
import type { ZoneDnssecArgs } from "../provider/zone-dnssec";
import type { SecondaryAddresses } from "../servers/secondary-addresses";
import type { DnssecChoice } from "./dnssec-choice";
import type { Transform } from "./transform";
import type { TsigChoice } from "./tsig-choice";

/** The arguments of a `SecondaryZone`. */
export interface SecondaryZoneArgs {
  /** The Cloudflare account, 32 hexadecimal digits. A change replaces the TSIG and the peers. */
  readonly accountId: pulumi.Input<string>;
  /**
   * The Cloudflare zone, 32 hexadecimal digits. A change replaces the incoming transfer and the DNSSEC settings:
   * the old zone gets its previous settings back.
   */
  readonly zoneId: pulumi.Input<string>;
  /** The zone's name, e.g. `example.com`. A change queries the primaries for the DS of the new name; the rest changes in place. */
  readonly zoneName: pulumi.Input<string>;
  /**
   * The primaries to transfer from. Left out or empty, peers and the incoming transfer are not touched, and
   * presigned DNSSEC waits, unless signatures of the zone are seen anyway. The primary needs the key first: see
   * `primaryConfig`. Peers are identified by their position in the list, so inserting or removing one changes the peers
   * after it in place.
   */
  readonly primaries?: readonly Primary[] | undefined;
  /**
   * How many seconds to wait for the first transfer, and for one after each change to it, before DNSSEC is
   * changed: a presigned zone without signatures cannot be served. `false` does not wait. Changes in place.
   * @default 300
   */
  readonly waitForTransfer?: pulumi.Input<number | false> | undefined;
  /**
   * The transfer key: the zone's own key, several keys of which one is active, or an existing shared key. A different
   * key moves the peers in place, and a transfer proves that it works; see docs/rotate-a-tsig-key.md.
   */
  readonly tsig: TsigChoice;
  /** How the zone is signed. Changes in place. */
  readonly dnssec: DnssecChoice;
  /** What the registrar does. Left out, the registrar is not touched. Another domain replaces the resources there; the rest changes in place. */
  readonly registrar?: { readonly hostup: HostupChoice } | undefined;
  /**
   * Takes over existing objects instead of creating them: a TSIG of the same name (with its secret, if the program gives
   * none), and peers of the same name, address, port and key. The transfer, DNSSEC, the registrar's settings and DS
   * records are always taken over. What matches the program is not written, what differs is changed, and what is missing
   * is created. A preview says what is taken over. Use `transform` to give a peer its existing name:
   * `peer: () => ({ args: { name: "…" } })`. A key's own `adopt` takes precedence. Has no effect once the objects are in
   * state, and changes in place. See docs/coming-and-going.md.
   * @default false
   */
  readonly adopt?: boolean | undefined;
  /**
   * The addresses that Cloudflare transfers from and receives NOTIFY at, for `primaryConfig`, whose text changes in place.
   * @default the addresses that Cloudflare documents
   */
  readonly cloudflareAddresses?: SecondaryAddresses | undefined;
  /**
   * Which Cloudflare credentials all children use: "eu" reads `cloudflare-eu:apiToken`. Left out, `cloudflare:apiToken`.
   * Set a profile for HostUp with `transform.registrar` and `transform.registrarDs`. Changes in place.
   */
  readonly profile?: pulumi.Input<string> | undefined;
  /** Overrides the arguments and options of each child. Left out, the component's own are used. Whether a change is made in place or replaces is documented for each child. */
  readonly transform?:
    | {
        /** Called for each key. */
        readonly tsig?: Transform<TsigArgs> | undefined;
        /** Called for each primary. */
        readonly peer?: Transform<TransferPeerArgs> | undefined;
        readonly incoming?: Transform<IncomingTransferArgs> | undefined;
        readonly ds?: Transform<PrimaryDsArgs> | undefined;
        readonly dnssec?: Transform<ZoneDnssecArgs> | undefined;
        readonly registrar?: Transform<HostupDnssecAutoArgs> | undefined;
        /** The DS records published at HostUp with `registrar.hostup.dnssec: "ds-records"`. */
        readonly registrarDs?: Transform<HostupDsSetArgs> | undefined;
      }
    | undefined;
}

/** A server to transfer the zone from: an address, or an existing peer that many zones share. */
export type Primary = PrimaryAddress | SharedPrimary;

/** A server at an address: the component creates a peer for it. */
export interface PrimaryAddress {
  /** Its IPv4 or IPv6 address. Changes in place, once the primary there accepts the zone's key. */
  readonly address: pulumi.Input<string>;
  /**
   * The TCP port that it listens on. Changes in place, as the address does.
   * @default 53
   */
  readonly port?: pulumi.Input<number> | undefined;
  readonly existing?: undefined;
}

/** A peer that is created elsewhere, for many zones. */
export interface SharedPrimary {
  /** Its `tsigId` must be that of the zone's active key. Another peer changes in place. */
  readonly existing: TransferPeer;
  readonly address?: undefined;
  readonly port?: undefined;
}

/** What HostUp does for a domain, which is given by its name or by its id there: one of the two. */
export type HostupChoice = HostupWish & (DomainByName | DomainById);

interface DomainByName {
  /** The domain's name; with `ds-records`, it must be the zone's. One of the two, this or `domainId`; another domain replaces the resource. */
  readonly domainName: pulumi.Input<string>;
  readonly domainId?: undefined;
}

interface DomainById {
  /** The domain's id at HostUp (`dom_…`). One of the two, this or `domainName`; another domain replaces the resource. */
  readonly domainId: pulumi.Input<string>;
  readonly domainName?: undefined;
}

interface HostupWish {
  /**
   * `automatic`: HostUp publishes the DS automatically (domains on its own name servers). `excluded`: HostUp
   * leaves the DS alone, as a zone signed at your primary needs. `ds-records`: like `excluded`, and the output `ds` is
   * published there ({@link HostupDsSet}) once the zone is served signed; destroy withdraws it before anything else.
   * Changes in place.
   */
  readonly dnssec: "automatic" | "ds-records" | "excluded";
  /**
   * With `ds-records`, how many seconds to wait for a withdrawn DS to expire from caches: see
   * `HostupDsSetArgs.waitForRemoval`. Changes in place.
   * @default 600
   */
  readonly waitForRemoval?: pulumi.Input<number> | undefined;
}
