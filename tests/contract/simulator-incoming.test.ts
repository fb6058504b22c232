import type { SimulatorOptions } from "../../simulator";
import { createClock, withSimulator } from "../support/simulator-client";
import { Transfers } from "../support/simulator-transfers";

const NAME = "zone-0000.example";
const TIME = "2026-01-01T00:00:00.000Z";

/** A zone that is linked to one peer, at a clock that stands still. */
function withIncoming(
  options: SimulatorOptions,
  test: (transfers: Transfers, peerId: string, clock: ReturnType<typeof createClock>) => Promise<void>,
): () => Promise<void> {
  const clock = createClock();
  return withSimulator({ now: clock.now, ...options }, async (client) => {
    const transfers = new Transfers(client);
    await test(transfers, await transfers.link(5353), clock);
  });
}

describe("the incoming transfer of a zone", () => {
  test(
    "is read, replaced, unlinked and deleted; without one there is a 404",
    withIncoming({}, async ({ client, incoming }, peerId, clock) => {
      const first = {
        id: client.zoneId,
        name: NAME,
        peers: [peerId],
        auto_refresh_seconds: 86_400,
        soa_serial: 0,
        created_time: TIME,
        modified_time: TIME,
      };
      const { body } = await client.cloudflare("GET", incoming);
      expect(body).toMatchObject({ result: first });
      // The official SDK's type has no null for it.
      expect(body).not.toHaveProperty("result.checked_time");

      clock.advance(60);
      const unlinked = { name: `${NAME}.`, peers: [], auto_refresh_seconds: 300 };
      expect((await client.cloudflare("PUT", incoming, unlinked)).body).toMatchObject({
        result: { ...first, ...unlinked, modified_time: "2026-01-01T00:01:00.000Z" },
      });

      expect((await client.cloudflare("DELETE", incoming)).body).toMatchObject({
        result: { id: client.zoneId },
      });
      const missing = { status: 404, body: { errors: [{ code: 1321 }] } };
      for (const [method, path, body] of [
        ["GET", incoming],
        ["PUT", incoming, unlinked],
        ["DELETE", incoming],
        ["POST", `${client.zone}/secondary_dns/force_axfr`],
      ] as const) {
        expect(await client.cloudflare(method, path, body)).toMatchObject(missing);
      }
    }),
  );

  test(
    "of a full zone is accepted and lost",
    withSimulator({}, async (client) => {
      const { incoming } = new Transfers(client);
      await client.patchZone({ type: "full" });

      expect(await client.cloudflare("POST", incoming, { name: NAME, peers: [] })).toMatchObject({
        status: 200,
      });
      expect(await client.cloudflare("GET", incoming)).toMatchObject({ status: 404 });
    }),
  );

  test.each([
    ["refuse", { status: 400, body: { errors: [{ code: 1322 }] } }],
    ["replace", { status: 200 }],
  ] as const)("with incomingTwice %s, made twice", (incomingTwice, expected) =>
    withIncoming({ switches: { incomingTwice } }, async ({ client, incoming }, peerId) => {
      expect(await client.cloudflare("POST", incoming, { name: NAME, peers: [peerId] })).toMatchObject(
        expected,
      );
    })(),
  );

  test(
    "with incomingUnchecked absent, leaves out what no transfer has brought",
    withIncoming({ switches: { incomingUnchecked: "absent" } }, async ({ client, incoming }) => {
      const { body } = await client.cloudflare("GET", incoming);
      expect(body).not.toHaveProperty("result.soa_serial");
      expect(body).not.toHaveProperty("result.checked_time");
    }),
  );

  test(
    "keeps its peers as a set",
    withIncoming({}, async (transfers, peerId) => {
      const { client, incoming } = transfers;
      const body = { name: NAME, peers: [peerId, peerId] };

      expect((await client.cloudflare("PUT", incoming, body)).body).toMatchObject({
        result: { peers: [peerId] },
      });
    }),
  );

  test.each([
    ["the name of another zone", { name: "other.example", peers: [] }, "/name"],
    ["no peers", { name: NAME }, "/peers"],
    ["a peer that is not there", { name: NAME, peers: ["a".repeat(32)] }, "/peers/0"],
    ["a refresh under 300 s", { name: NAME, peers: [], auto_refresh_seconds: 299 }, "/auto_refresh_seconds"],
    ["a text for a number", { name: NAME, peers: [], auto_refresh_seconds: "300" }, "/auto_refresh_seconds"],
    ["an unknown field", { name: NAME, peers: [], soa_serial: 5 }, "/soa_serial"],
  ])("refuses %s", (_what, body, pointer) =>
    withIncoming({}, async ({ client, incoming }) => {
      expect(await client.cloudflare("PUT", incoming, body)).toMatchObject({
        status: 400,
        body: { errors: [{ code: 1003, source: { pointer } }] },
      });
    })(),
  );
});
