import { setTimeout as wait } from "node:timers/promises";
import { RCODE, TYPE } from "../../simulator/dns/codes";
import { rcodeOf } from "../../simulator/dns/message";
import { ask } from "./dns-client";

export interface Watch {
  /** Looks once more, and ends; answers what was wrong at any time. */
  stop(): Promise<readonly string[]>;
}

/** Looks at a zone's SOA all the time: what fails, and a serial that falls (RFC 1982), is wrong. */
export function watchSerial(port: number, zone: string): Watch {
  const faults: string[] = [];
  let highest: number | undefined;
  let isWanted = true;
  const look = async () => {
    const { flags, answers } = await ask(port, zone, TYPE.SOA);
    const rcode = rcodeOf({ flags });
    const [soa] = answers;
    if (rcode !== RCODE.NOERROR || soa === undefined) return void faults.push(`rcode ${rcode}`);
    const serial = soa.rdata.readUInt32BE(soa.rdata.length - 20);
    if (highest !== undefined && ((serial - highest) | 0) < 0) faults.push(`serial ${highest} -> ${serial}`);
    highest = serial;
  };
  const looking = (async () => {
    while (isWanted) {
      await look();
      await wait(5);
    }
  })();
  return {
    stop: async () => {
      isWanted = false;
      await looking;
      await look();
      return faults;
    },
  };
}
