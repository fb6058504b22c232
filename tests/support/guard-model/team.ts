import type { DsSet } from "./judge";
import { Primary, type TransferKey } from "./primary";
import { transferKey } from "./program";
import { signingAfter } from "./rollover";
import type { AtPrimary } from "./steps";

/** The team's two servers. */
export class Team {
  private constructor(private readonly servers: readonly [Primary, Primary]) {}

  static async start(zone: string): Promise<Team> {
    const servers = [await Primary.start(zone, "a"), await Primary.start(zone, "b")] as const;
    for (const server of servers) server.transferKeys = [transferKey(0)];
    return new Team(servers);
  }

  async stop(): Promise<void> {
    for (const { server } of this.servers) await server.stop();
  }

  async idle(): Promise<void> {
    for (const { server } of this.servers) await server.idle();
  }

  get ports(): readonly number[] {
    return this.servers.map(({ server }) => server.port);
  }

  at(place: number): Primary {
    return this.servers[place === 0 ? 0 : 1];
  }

  /** The key-signing keys that they have, published or not. */
  get ownKeys(): readonly Buffer[] {
    return this.servers.flatMap(({ signing }) => signing?.keys.ksks.map(({ dnskey }) => dnskey) ?? []);
  }

  /** Signs again what is due; whether there was something. */
  resign(): boolean {
    return this.servers.map((server) => server.resign()).some(Boolean);
  }

  /** `heldDs`: what resolvers may hold, which whoever rolls a key over waits for. Whether there was something to do. */
  act(place: number, does: AtPrimary, heldDs: readonly DsSet[], dsOf: (dnskey: Buffer) => string): boolean {
    const primary = this.at(place);
    switch (does.kind) {
      case "edit":
        primary.publish();
        return true;
      case "copy the other": {
        const other = this.at(1 - place);
        primary.publish(other.signing ?? "unsigned", Math.max(primary.serial, other.serial) + 1);
        return true;
      }
      case "take the key":
        primary.transferKeys = keysFor(does);
        return true;
      case "switch on or off":
        primary.server.isReachable = !primary.server.isReachable;
        return true;
      default: {
        const signing = signingAfter(primary, does, heldDs, dsOf);
        if (signing === undefined) return false;
        primary.publish(signing);
        return true;
      }
    }
  }
}

function keysFor({ secret, alone }: Extract<AtPrimary, { kind: "take the key" }>): readonly TransferKey[] {
  return [transferKey(secret), ...(alone ? [] : [transferKey(1 - secret)])];
}
