import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PrimaryConfig } from "../../servers";
import { until } from "./dns-processes";
import { serveZone } from "./dns-serve-zone";
import type { DnsServer } from "./dns-server";
import { delv, digZone, faultsOf, trustAnchor } from "./dns-tools";
import { zoneText } from "./dns-zone-text";
import { type Mode, serverConfig } from "./server-config";
import { watchSerial } from "./watch-serial";

const ZONE = "example.com";
const KEY = {
  name: "cf.example.com.",
  algorithm: "hmac-sha256",
  secret: Buffer.alloc(32, 1).toString("base64"),
};
const SECONDARY = { transferFrom: ["127.0.0.1"], notify: [{ address: "127.0.0.1", port: 9 }] };

/** What a primary is given for each way of signing. */
export function configOf(mode: Mode): PrimaryConfig {
  const keys = [{ ...KEY, algo: KEY.algorithm }];
  return serverConfig({ zoneName: ZONE, keys, mode, addresses: SECONDARY });
}

/** How a zone denies what it does not have; an unsigned one does not. */
export type Kind = "NSEC" | "NSEC3" | "unsigned";

/** A primary whose way of signing changes, watched all the time. */
export interface ChangingPrimary {
  readonly folder: string;
  readonly port: number;
  readonly log: () => string;
  /** Puts a text in place, with a reload. */
  configure(text: string): Promise<void>;
  /** Edits the zone, with the next serial or another, and waits until it is served so. */
  edit(serial?: number): Promise<void>;
  /** The zone as a secondary gets it, once it is whole and of one of these kinds. */
  handedOver(...kinds: readonly Kind[]): Promise<string>;
  /** Takes the DS that a parent would have from now on. */
  delegate(zone: string): Promise<void>;
  /** What a resolver that has that DS says of what is there and of what is not. */
  validate(): Promise<readonly string[]>;
  /** All that was wrong at any time; answers the same when it is stopped again. */
  stop(): Promise<readonly string[]>;
}

export async function startChanging(server: DnsServer, text: string): Promise<ChangingPrimary> {
  let serial = 1;
  const textOf = () => `${zoneText(ZONE, serial)}edited-${serial} IN A 192.0.2.99\n`;
  const served = await serveZone(server, { zone: ZONE, text: textOf(), config: text });
  const own = mkdtempSync(join(tmpdir(), "changing-"));
  const watch = watchSerial(served.port, ZONE);
  const transfer = () => digZone(served.port, ZONE, own, KEY);
  let anchor = "";
  let stopped: Promise<readonly string[]> | undefined;
  const handedOver = (...kinds: readonly Kind[]) =>
    until(
      `the zone is whole, and ${kinds.join(" or ")}`,
      async () => {
        const zone = await transfer();
        const kind = zone === undefined ? undefined : await kindOf(zone, own);
        return kind !== undefined && kinds.includes(kind) ? zone : undefined;
      },
      served.log,
    );
  return {
    ...served,
    handedOver,
    edit: async (next = serial + 1) => {
      serial = next;
      await served.publish(textOf());
      const edited = new RegExp(`^edited-${serial}\\.`, "m");
      await until("the edit is served", async () => edited.test((await transfer()) ?? ""), served.log);
    },
    delegate: async (zone) => {
      anchor = await trustAnchor(zone, ZONE, own);
    },
    validate: () =>
      Promise.all([ZONE, `nope.${ZONE}`].map((name) => delv(served.port, ZONE, anchor, name, "A"))),
    stop: () => {
      stopped ??= (async () => {
        const faults = await watch.stop();
        await served.stop();
        rmSync(own, { recursive: true, force: true });
        return faults;
      })();
      return stopped;
    },
  };
}

/** Undefined for a zone that is half one and half the other. */
async function kindOf(zone: string, folder: string): Promise<Kind | undefined> {
  if (!/\s(RRSIG|NSEC3?|DNSKEY)\s/.test(zone)) return "unsigned";
  if ((await faultsOf(zone, ZONE, folder)) !== "") return undefined;
  return /\sNSEC3PARAM\s/.test(zone) ? "NSEC3" : /\sNSEC\s/.test(zone) ? "NSEC" : undefined;
}

export const VALID = ["answer validated", "negative answer validated"];
