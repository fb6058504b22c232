import { until } from "../dns-processes";
import { type Served, serveZone } from "../dns-serve-zone";
import { digZone, faultsOf } from "../dns-tools";
import { zoneText } from "../dns-zone-text";
import type { HandWritten, Wish } from "./hand-written";

/** Above all that a server has given out while it signed. */
const UNSIGNED_SERIAL = 1_000;

export interface LabPrimary {
  readonly port: number;
  readonly stop: () => Promise<void>;
  /** As the program names it. */
  readonly address: { readonly address: string; readonly port: number };
  /** Puts a configuration in place of the one it has; answers once it serves the zone so. */
  change(wish: Partial<Wish>): Promise<void>;
  /** Puts a text of the operator's in place. */
  configure(text: string): Promise<void>;
  publish(text: string): Promise<void>;
  readonly log: () => string;
}

/** Starts a primary that serves the zone as is wished; answers once it hands it out so. */
export async function startLabPrimary(
  kind: HandWritten,
  { text, ...first }: Wish & { readonly text?: string },
): Promise<LabPrimary> {
  let wish: Wish = first;
  const { zone } = wish;
  const served: Served = await serveZone(kind.server, {
    zone,
    text: text ?? zoneText(zone, 1),
    config: kind.textOf(wish),
  });
  const settled = () =>
    until(
      `${kind.name} serves its zone with signing: ${wish.signing}`,
      async () => {
        const whole = await digZone(served.port, zone, served.folder, wish.keys[0]);
        return whole !== undefined && (await isSigned(whole, wish, served.folder));
      },
      served.log,
    );
  await settled();
  return {
    port: served.port,
    address: { address: "127.0.0.1", port: served.port },
    stop: served.stop,
    log: served.log,
    async change(next) {
      wish = { ...wish, ...next };
      await served.configure(kind.textOf(wish));
      // Told to sign no more, Knot keeps the signatures that it has until its zone has another text.
      if (next.signing === "none") await served.publish(zoneText(zone, UNSIGNED_SERIAL));
      await settled();
    },
    configure: served.configure,
    publish: served.publish,
  };
}

/** Signed in the background, a zone is handed out half signed at first. */
async function isSigned(whole: string, { zone, signing }: Wish, folder: string): Promise<boolean> {
  if (signing === "none") return !/\sRRSIG\s/.test(whole);
  const isNsec3 = /\sNSEC3PARAM\s/.test(whole);
  return isNsec3 === (signing === "nsec3") && (await faultsOf(whole, zone, folder)) === "";
}
