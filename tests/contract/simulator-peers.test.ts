import { z } from "zod";
import { type SimulatorClient, withSimulator } from "../support/simulator-client";
import { Transfers } from "../support/simulator-transfers";

const FRESH = { ip: "", port: 0, ixfr_enable: false, tsig_id: "" };
const WHOLE = { name: "primary", ip: "192.0.2.53", port: 53, ixfr_enable: false, tsig_id: "" };
const KEY = { name: "key.example", algorithm: "hmac-sha256", secret: "c2VjcmV0" };

const withId = z.object({ result: z.object({ id: z.string() }) });

function collectionOf(client: SimulatorClient): string {
  return new Transfers(client).peers;
}

async function makePeer(client: SimulatorClient): Promise<string> {
  const { body } = await client.cloudflare("POST", collectionOf(client), { name: "primary" });
  return `${collectionOf(client)}/${withId.parse(body).result.id}`;
}

describe("transfer peers", () => {
  test(
    "begin with a name alone, take the rest by PUT, keep their id and are deleted",
    withSimulator({}, async (client) => {
      const tsigId = await new Transfers(client).makeTsig(KEY);
      const path = await makePeer(client);
      const id = path.split("/").at(-1);
      expect((await client.cloudflare("GET", path)).body).toMatchObject({
        result: { id, name: "primary", ...FRESH },
      });

      const whole = { ...WHOLE, ip: "2001:db8::53", port: 5353, ixfr_enable: true, tsig_id: tsigId };
      expect((await client.cloudflare("PUT", path, whole)).body).toMatchObject({ result: { id, ...whole } });
      expect((await client.cloudflare("GET", collectionOf(client))).body).toEqual({
        success: true,
        errors: [],
        messages: [],
        result: [{ id, ...whole }],
        result_info: { page: 1, per_page: 1, count: 1, total_count: 1 },
      });

      expect((await client.cloudflare("DELETE", path)).body).toMatchObject({ result: { id } });
      for (const [method, body] of [["GET"], ["PUT", WHOLE], ["DELETE"]] as const) {
        expect(await client.cloudflare(method, path, body)).toMatchObject({
          status: 404,
          body: { errors: [{ code: 1311, message: "Peer not found" }] },
        });
      }
    }),
  );

  test.each([
    ["refuse", { status: 400, body: { errors: [{ source: { pointer: "/ip" } }] } }],
    ["ignore", { status: 200, body: { result: { name: "primary", ...FRESH } } }],
  ] as const)("with peerCreateFields %s, made with an address", (peerCreateFields, expected) =>
    withSimulator({ switches: { peerCreateFields } }, async (client) => {
      const body = { name: "primary", ip: "192.0.2.53" };
      expect(await client.cloudflare("POST", collectionOf(client), body)).toMatchObject(expected);
    })(),
  );

  test.each([
    ["cleared", { status: 200, body: { result: { name: "renamed", ...FRESH } } }],
    ["kept", { status: 200, body: { result: { ...WHOLE, name: "renamed" } } }],
    ["refuse", { status: 400, body: { errors: [{ source: { pointer: "/ip" } }, {}, {}, {}] } }],
  ] as const)("with peerOmittedKeys %s, given only a name by PUT", (peerOmittedKeys, expected) =>
    withSimulator({ switches: { peerOmittedKeys } }, async (client) => {
      const path = await makePeer(client);
      await client.cloudflare("PUT", path, WHOLE);

      expect(await client.cloudflare("PUT", path, { name: "renamed" })).toMatchObject(expected);
    })(),
  );

  test.each([
    ["cleared", { ...WHOLE, tsig_id: "", ixfr_enable: false }],
    ["kept", { ...WHOLE, ixfr_enable: true }],
  ] as const)("with nullFields ignore, a null is as good as left out: %s", (peerOmittedKeys, expected) =>
    withSimulator({ switches: { nullFields: "ignore", peerOmittedKeys } }, async (client) => {
      const path = await makePeer(client);
      await client.cloudflare("PUT", path, { ...WHOLE, ixfr_enable: true });

      const body = { ...WHOLE, ixfr_enable: null };
      expect(await client.cloudflare("PUT", path, body)).toMatchObject({
        status: 200,
        body: { result: expected },
      });
      expect(await client.cloudflare("PUT", path, { name: null })).toMatchObject({ status: 400 });
    })(),
  );

  test(
    "with unsetPeerFields absent, show only what is set",
    withSimulator({ switches: { unsetPeerFields: "absent" } }, async (client) => {
      const path = await makePeer(client);
      const id = path.split("/").at(-1);
      const shown = async () => ((await client.cloudflare("GET", path)).body as { result: object }).result;

      expect(await shown()).toEqual({ id, name: "primary" });
      await client.cloudflare("PUT", path, WHOLE);
      expect(await shown()).toEqual({ id, name: "primary", ip: "192.0.2.53", port: 53 });
    }),
  );

  test.each([
    ["no name", { ...WHOLE, name: undefined }, "/name"],
    ["a name for an address", { ...WHOLE, ip: "ns.example" }, "/ip"],
    ["a text for a port", { ...WHOLE, port: "53" }, "/port"],
    ["a port past the last", { ...WHOLE, port: 65_536 }, "/port"],
    ["a text for a boolean", { ...WHOLE, ixfr_enable: "no" }, "/ixfr_enable"],
    ["a null", { ...WHOLE, tsig_id: null }, "/tsig_id"],
    ["a TSIG that is not there", { ...WHOLE, tsig_id: "a".repeat(32) }, "/tsig_id"],
    ["an unknown field", { ...WHOLE, ttl: 5 }, "/ttl"],
  ])("refuse %s and stay as they were", (_what, body, pointer) =>
    withSimulator({}, async (client) => {
      const path = await makePeer(client);

      expect(await client.cloudflare("PUT", path, body)).toMatchObject({
        status: 400,
        body: { errors: [{ code: 1003, source: { pointer } }] },
      });
      expect((await client.cloudflare("GET", path)).body).toMatchObject({ result: FRESH });
    })(),
  );

  test.each([
    ["refuse", { status: 400, body: { errors: [{ code: 1302 }] } }, { code: 1312 }],
    ["allow", { status: 200 }, undefined],
  ] as const)("with deletes in use set to %s", (inUse, expected, peerError) =>
    withSimulator({ switches: { deleteTsigInUse: inUse, deletePeerInUse: inUse } }, async (client) => {
      const transfers = new Transfers(client);
      const peerId = await transfers.link(5353, KEY);
      const { tsigs } = z
        .object({ tsigs: z.record(z.string(), z.json()) })
        .parse((await client.control("GET", "/state")).body);

      expect(await client.cloudflare("DELETE", `${client.tsigs}/${Object.keys(tsigs)[0]}`)).toMatchObject(
        expected,
      );
      expect(await client.cloudflare("DELETE", `${transfers.peers}/${peerId}`)).toMatchObject(
        peerError ? { status: 400, body: { errors: [peerError] } } : { status: 200 },
      );
    })(),
  );
});
