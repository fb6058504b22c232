import { TYPE } from "../../../simulator/dns/codes";
import { until } from "../dns-processes";
import type { Child } from "./child";
import { type DsText, wantedDs } from "./ds";
import type { Lab } from "./lab";
import { lookUp, type Server } from "./query";

/** Waits until the zone, as the secondary serves it, asks for other DS records than the parent has; answers them. */
export function untilOtherDsWanted(
  { zone, parent, secondary }: Lab,
  log: () => string,
): Promise<readonly DsText[]> {
  const { current } = parent.history;
  return until(
    "the zone asks for another DS",
    async () => {
      const wanted = await wantedDs(secondary, zone);
      return wanted !== undefined && wanted.length > 0 && wanted.join() !== current.join() && wanted;
    },
    log,
  );
}

/** Does at the parent what the zone asks for, and tells the primary. */
export async function followCds(lab: Lab, child: Child): Promise<void> {
  const before = lab.parent.history.current;
  const wanted = await untilOtherDsWanted(lab, child.log);
  await lab.parent.setDs(wanted);
  const added = wanted.filter((ds) => !before.includes(ds));
  const removed = before.filter((ds) => !wanted.includes(ds));
  await child.tellOfDs(added, removed);
}

/** Waits until the keys that the secondary serves are as wanted. */
export async function untilKeysAre(
  { zone, secondary }: Lab,
  wanted: (keys: readonly ServedKey[]) => boolean,
  log: () => string,
): Promise<void> {
  await until(
    "the zone has the keys that it is to have",
    async () => {
      const keys = await servedKeys(secondary, zone);
      return keys !== undefined && wanted(keys);
    },
    log,
  );
}

export interface ServedKey {
  readonly isKsk: boolean;
  readonly algorithm: number;
}

async function servedKeys(server: Server, zone: string): Promise<readonly ServedKey[] | undefined> {
  const response = await lookUp(server, zone, "DNSKEY", 1_000);
  return response?.answers
    .filter(({ type }) => type === TYPE.DNSKEY)
    .map(({ rdata }) => ({ isKsk: rdata.readUInt16BE(0) === 257, algorithm: rdata.readUInt8(3) }));
}
