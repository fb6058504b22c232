import type { Served } from "../dns-serve-zone";
import type { SigningAlgorithm } from "../dns-server";
import type { TransferKey } from "../dns-tools";
import type { DsText } from "./ds";
import type { Server } from "./query";

export interface ChildWish {
  readonly zone: string;
  /** The zone's NS set; left out: the secondary's. */
  readonly nameServers?: readonly string[];
  readonly signing: "none" | "nsec" | "nsec3";
  readonly algorithm: SigningAlgorithm;
  /** Each may transfer, and NOTIFY is sent with each. */
  readonly keys: readonly TransferKey[];
  readonly secondary: Server;
  /** Where a primary that looks for its DS itself finds the parent, and the TTL that it has there. */
  readonly parent: Server;
  readonly dsTtl: number;
}

/** A primary that signs its zone, with times of seconds rather than days. */
export interface Child extends Omit<Served, "configure" | "publish"> {
  readonly publish: (serial: number, nameServers?: readonly string[]) => Promise<void>;
  /** Says which DS have come to the parent and which have gone, to a primary that does not look there itself. */
  readonly tellOfDs: (added: readonly DsText[], removed: readonly DsText[]) => Promise<void>;
}

/** One that rolls its keys when its operator says so. */
export interface RollingChild extends Child {
  readonly configure: (change: Partial<ChildWish>) => Promise<void>;
  /** Begins to replace the key-signing key that has this DS. */
  readonly rollKsk: (ds: DsText) => Promise<void>;
}

export interface ChildKind<Kind extends Child = Child> {
  readonly name: string;
  readonly commands: readonly string[];
  start(wish: ChildWish): Promise<Kind>;
}
