import { Secret } from "../../provider/core/secret";
import type { Primary } from "../../provider/dns/primary";
import { hasSignaturesInTransfer } from "../../provider/dns/transfer-signatures";
import { TYPE } from "../../simulator/dns/codes";
import type { ReceivedMessage, ResourceRecord } from "../../simulator/dns/message";
import "../support/one-realm";
import { type FakePrimary, message, startFakePrimary } from "../support/dns-fake-primary";
import { address, ORIGIN, record, soa } from "../support/dns-records";

let fake: FakePrimary;
let primary: Primary;
beforeAll(async () => {
  fake = await startFakePrimary();
  primary = { name: "ns1", address: "127.0.0.1", port: fake.port };
});
afterAll(() => fake.stop());

const signature = record("@", TYPE.RRSIG, Buffer.alloc(40));
const many = (from: number) => Array.from({ length: 1_200 }, (_, at) => address(`host-${from}-${at}`));

/** What a transfer of these messages is found to be. */
function found(...messages: readonly (readonly ResourceRecord[])[]): Promise<boolean | undefined> {
  fake.say((request) => messages.map((records) => message(request, records)));
  return hasSignaturesInTransfer(primary, ORIGIN.toUpperCase());
}

test.each<[what: string, expected: boolean | undefined, messages: readonly (readonly ResourceRecord[])[]]>([
  ["signatures in its first message has them", true, [[soa(7), signature]]],
  ["signatures behind other records has them", true, [[soa(7)], many(1), [...many(2), signature]]],
  ["no signature between its two SOAs has none", false, [[soa(7)], many(1), [address("a"), soa(7)]]],
  ["an SOA of another name in it is not over yet", true, [[soa(7), soa(1, "child"), signature]]],
  ["a connection that ends is not known", undefined, [[soa(7), address("a")]]],
  ["an empty message is not known", undefined, [[soa(7)], []]],
  [
    "more than a mebibyte of other records is not known",
    undefined,
    [[soa(7)], ...Array.from({ length: 60 }, (_, at) => many(at)), [signature]],
  ],
])("a transfer with %s", async (_what, expected, messages) => {
  expect(await found(...messages)).toBe(expected);
});

test.each<[what: string, say: (request: ReceivedMessage) => readonly Buffer[]]>([
  ["that is refused", (request) => [message(request, [soa(7), soa(7)], 5)]],
  ["that is no DNS", () => [Buffer.from("HTTP/1.1 400 Bad Request")]],
])("a transfer %s is not known", async (_what, say) => {
  fake.say(say);
  expect(await hasSignaturesInTransfer(primary, ORIGIN)).toBeUndefined();
});

test("a primary that sends nothing is given up", async () => {
  fake.say("nothing");
  expect(await hasSignaturesInTransfer(primary, ORIGIN, { timeoutMs: 50 })).toBeUndefined();
});

test("the question is signed where there is a key", async () => {
  fake.say((request) => [message(request, [soa(7), soa(7)])]);
  const secret = new Secret(Buffer.alloc(32, 1).toString("base64"));
  const key = { name: `cf.${ORIGIN}`, algorithm: "hmac-sha256.", secret };
  expect(await hasSignaturesInTransfer({ ...primary, key }, ORIGIN)).toBe(false);
  expect(fake.requests.at(-1)?.tsig).toBeDefined();
});
