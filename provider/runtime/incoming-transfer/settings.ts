import { z } from "zod";
import type { Incoming, IncomingContent } from "../../cloudflare/incoming";

export const incomingSettings = z.object({
  name: z.string(),
  peers: z.array(z.string()),
  autoRefreshSeconds: z.number(),
});

/** What a program decides of an incoming transfer, in normal form: peers are sorted, and the name is as the DNS has it. */
export type IncomingSettings = z.output<typeof incomingSettings>;

export function settingsOf({ name, peers, auto_refresh_seconds }: Incoming): IncomingSettings {
  return {
    name,
    peers: [...peers].sort(),
    autoRefreshSeconds: auto_refresh_seconds,
  };
}

export function contentOf({ name, peers, autoRefreshSeconds }: IncomingSettings): IncomingContent {
  return { name, peers, auto_refresh_seconds: autoRefreshSeconds };
}

export function isEqual(some: IncomingSettings, others: IncomingSettings): boolean {
  return (
    some.name === others.name &&
    some.autoRefreshSeconds === others.autoRefreshSeconds &&
    isSamePeers(some.peers, others.peers)
  );
}

export function isSamePeers(some: readonly string[], others: readonly string[]): boolean {
  return some.join() === others.join();
}
