import { observeServer } from "../../provider/chain/observe/observe-server";
import { observeParent } from "../../provider/chain/observe/parent";
import { encode, FLAG, type ReceivedMessage } from "../../simulator/dns/message";
import { parseName } from "../../simulator/dns/name";
import { type FakePrimary, startFakePrimary } from "../support/dns-fake-primary";

const OPT = 41;
/** BADVERS is 16: its low four bits in the header say NOERROR (RFC 6891 section 6.1.3). */
const badVersion = ({ id, questions }: ReceivedMessage) => [
  encode({
    id,
    flags: FLAG.response | FLAG.authoritative,
    questions,
    answers: [],
    authority: [],
    additional: [{ name: parseName("."), type: OPT, class: 1_232, ttl: 0x0100_0000, rdata: Buffer.alloc(0) }],
  }),
];

let server: FakePrimary;
beforeEach(async () => {
  server = await startFakePrimary();
  server.say(badVersion);
});
afterEach(() => server.stop());

const asked = () => ({ name: "ns1", address: "127.0.0.1", port: server.port });

test("a resolver that refuses the EDNS version has not said that there is no DS", async () => {
  expect(await observeParent("example.com", [asked()])).toEqual({
    kind: "unknown",
    why: expect.stringContaining("does not say (failed)"),
  });
});

test("nor has a server that does so shown an unsigned zone", async () => {
  expect(await observeServer(asked(), "example.com")).toMatchObject({
    ok: false,
    failure: { cause: { kind: "failed", rcode: 16 } },
  });
});
