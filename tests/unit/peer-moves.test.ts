import { checkPeerChange } from "../../provider/chain/guard/check-key-change";
import { Secret } from "../../provider/core/secret";
import type { Primary } from "../../provider/dns/primary";
import { TYPE } from "../../simulator/dns/codes";
import type { ReceivedMessage } from "../../simulator/dns/message";
import { formatName } from "../../simulator/dns/name";
import { type FakePrimary, message, signedStream, startFakePrimary } from "../support/dns-fake-primary";
import { ORIGIN, soa } from "../support/dns-records";
import "../support/one-realm";

const REFUSED = 5;
const KEY = {
  name: `cf.${ORIGIN}`,
  algorithm: "hmac-sha256",
  secret: Buffer.alloc(32, 1).toString("base64"),
};
const key = { name: KEY.name, algorithm: "hmac-sha256.", secret: new Secret(KEY.secret) };

let there: FakePrimary;
let elsewhere: FakePrimary;
let lines: string[];
beforeAll(async () => {
  [there, elsewhere] = await Promise.all([startFakePrimary(), startFakePrimary()]);
});
afterAll(() => Promise.all([there.stop(), elsewhere.stop()]));
beforeEach(() => {
  lines = [];
  jest.spyOn(console, "log").mockImplementation((line) => void lines.push(String(line)));
});
afterEach(() => jest.restoreAllMocks());

/** A server that transfers to Cloudflare's addresses alone, and responds to this machine. */
function respond(request: ReceivedMessage): readonly Buffer[] {
  const isTransfer = request.questions[0]?.type === TYPE.AXFR;
  const wire = isTransfer ? message(request, [], REFUSED) : message(request, [soa(7)]);
  if (!request.tsig) return [wire];
  return signedStream(request, [wire], { ...KEY, name: formatName(request.tsig.record.name) });
}

const here: Primary = { name: "ns1", address: "127.0.0.1", port: 0, key: { ...key, name: `old.${ORIGIN}` } };

test.each<[what: string, next: (current: Primary) => Primary, told: RegExp]>([
  [
    "another key",
    (current) => ({ ...current, key }),
    /^Peer "ns1" moves to TSIG "cf\.zone-0000\.example": the primary knows it, and /,
  ],
  [
    "another place",
    (current) => ({ ...current, port: elsewhere.port }),
    /^Peer "ns1" moves to 127\.0\.0\.1 port \d+: the server there knows the key, and /,
  ],
  [
    "no key",
    ({ name, address, port }) => ({ name, address, port }),
    /^Peer "ns1" moves to no TSIG: the primary responds without one, and /,
  ],
])(
  "of a peer that moves to %s is told what is seen where transfers are for Cloudflare alone",
  async (...[, change, told]) => {
    for (const server of [there, elsewhere]) server.say(respond);
    const current = { ...here, port: there.port };
    const peer = { peerName: "ns1", stays: "it stays", probeZone: ORIGIN, isForced: false };
    await checkPeerChange({ ...peer, current, next: change(current) });
    expect(lines).toEqual([expect.stringMatching(told)]);
    expect(lines[0]).toContain("whether it transfers the zone cannot be seen from here");
  },
);
