import { mkdtempSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { until } from "../dns-processes";
import { startServer } from "../dns-server-process";
import { lookUp, type Server } from "./query";

export interface ResolverWish {
  /** How it is called in what a watch tells. */
  readonly name: string;
  readonly address: string;
  /** The lab's; the resolver makes one of its own in it. */
  readonly folder: string;
  /** The parent's key, and where the root is served. */
  readonly anchor: string;
  readonly root: string;
}

/** A validating resolver, which knows the root's address and one key, and finds the rest by delegations. */
export interface Resolver extends Server {
  readonly name: string;
  /** Why it lately found answers bogus, in its own words. */
  readonly complaints: () => string;
  /** Forgets what it knows of a name and all below, keys that it has validated too. */
  flush(zone: string): Promise<void>;
  stop(): Promise<void>;
}

export async function startResolver(wish: ResolverWish): Promise<Resolver> {
  const folder = mkdtempSync(join(wish.folder, "unbound-"));
  const file = join(folder, "unbound.conf");
  const root = join(folder, "root.hints");
  writeFileSync(root, `. 3600 NS ns.example.\nns.example. 3600 A ${wish.root}\n`);
  writeFileSync(file, configOf(wish, folder, root));
  const running = startServer("unbound", ["-d", "-c", file], folder);
  const server = { address: wish.address, port: 53 };
  try {
    await until("Unbound answers", () => lookUp(server, "example", "SOA", 1_000), running.log);
  } catch (error) {
    await running.stop();
    throw error;
  }
  return {
    ...server,
    name: wish.name,
    complaints: () =>
      running
        .log()
        .split("\n")
        .filter((line) => line.includes("validation failure"))
        .slice(-5)
        .join("\n"),
    flush: (zone) => control(join(folder, "control"), `flush_zone ${zone}`),
    stop: running.stop,
  };
}

/** What `unbound-control` says, without starting a program for it. */
async function control(path: string, command: string): Promise<void> {
  const socket = connect(path);
  socket.write(`UBCT1 ${command}\n`);
  const answer = await text(socket);
  if (!answer.startsWith("ok")) throw new Error(`unbound-control ${command}: ${answer}`);
}

/** Nothing in it makes a fault shorter, later or smaller than it is; what is bogus is asked for again at once. */
function configOf({ address, anchor }: ResolverWish, folder: string, root: string): string {
  return `server:
    directory: "${folder}"
    chroot: ""
    username: ""
    pidfile: "${folder}/unbound.pid"
    use-syslog: no
    verbosity: 1
    val-log-level: 2
    interface: ${address}@53
    access-control: 127.0.0.0/8 allow
    do-ip6: no
    do-not-query-localhost: no
    root-hints: "${root}"
    module-config: "validator iterator"
    trust-anchor: "${anchor}"
    trust-anchor-signaling: no
    val-permissive-mode: no
    harden-algo-downgrade: yes
    val-bogus-ttl: 0
    val-sig-skew-min: 0
    val-sig-skew-max: 0
    aggressive-nsec: no
    serve-expired: no
    prefetch: no
    infra-host-ttl: 1
    cache-min-ttl: 0
remote-control:
    control-enable: yes
    control-interface: "${folder}/control"
    control-use-cert: no
`;
}
