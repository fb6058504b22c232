import { ask } from "../../provider/dns/ask";

/**
 * The API may name a port that is none. The others are refused by the system at once, as any address is that a machine
 * has no route to: of IPv6 on most.
 */
const PLACES: [address: string, port: number][] = [
  ["127.0.0.1", 70_000],
  ["127.0.0.1", -1],
  ["127.0.0.1", 1.5],
  ["fe80::1", 53],
  ["255.255.255.255", 53],
];

describe.each(["tcp", "udp"] as const)("over %s", (transport) => {
  test.each(PLACES)("a server at %s port %s cannot be reached, and that is all", async (address, port) => {
    const primary = { name: "odd", address, port };
    const answer = await ask(primary, { name: "example.com", type: "SOA" }, { transport, timeoutMs: 500 });
    expect(answer).toMatchObject({ ok: false, failure: { cause: { kind: "unreachable" } } });
  });
});
