import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { claimAddresses } from "./addresses";
import { type Parent, startParent } from "./parent";
import type { Server } from "./query";
import { startResolver } from "./resolver";
import type { Resolvers } from "./round";
import { TTL } from "./zone-texts";

/** A signed parent and validating resolvers round a zone; who serves the zone is the test's to say. */
export interface Lab {
  readonly zone: string;
  readonly parent: Parent;
  /** Where the parent delegates the zone to. */
  readonly secondary: Server;
  /** Where a primary that is to serve the zone itself can be put, by a relay. */
  readonly primaryAddress: string;
  readonly dsTtl: number;
  /** One that remembers what the TTLs allow, and one that is made to forget before each round of questions. */
  readonly resolvers: Resolvers;
  /** Has something that a test starts stopped with the lab, before what was started earlier. */
  keep<Kept extends Stoppable>(kept: Kept): Kept;
  stop(): Promise<void>;
}

interface Stoppable {
  stop(): Promise<void>;
}

export interface LabWish {
  /** A child of "example". */
  readonly zone: string;
  /** Of the DS records, in seconds; unlike that of the zone's keys, so that a resolver never renews both at once. */
  readonly dsTtl?: number;
}

export async function startLab({ zone, dsTtl = TTL + 1 }: LabWish): Promise<Lab> {
  const running: Stoppable[] = [];
  const keep = <Kept extends Stoppable>(kept: Kept): Kept => {
    running.push(kept);
    return kept;
  };
  const stop = async () => {
    const failures: unknown[] = [];
    // One that fails to stop is no reason to leave the others running.
    for (const one of running.splice(0).reverse()) await one.stop().catch((error) => failures.push(error));
    if (failures.length > 0) throw new AggregateError(failures, "the lab did not stop well");
  };

  const folder = mkdtempSync(join(tmpdir(), "lab-"));
  keep({ stop: async () => rmSync(folder, { recursive: true, force: true }) });
  try {
    const addresses = await claimAddresses();
    keep({ stop: addresses.release });
    const parent = keep(await startParent({ child: zone, folder, addresses, dsTtl }));
    const resolver = async (name: string) => {
      const { anchor } = parent;
      const address = addresses.resolver();
      return keep(await startResolver({ name, address, folder, anchor, root: addresses.parent }));
    };
    const resolvers = { remembering: await resolver("remembering"), forgetful: await resolver("forgetful") };
    return {
      zone,
      parent,
      dsTtl,
      primaryAddress: addresses.primary,
      secondary: { address: addresses.secondary, port: 53 },
      resolvers,
      keep,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
