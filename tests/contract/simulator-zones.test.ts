import type { Zone } from "../../simulator";
import { createClock, type SimulatorClient, withSimulator } from "../support/simulator-client";

const WRITER = { permissions: ["Zone Read", "Zone Write"] };

/** A token may change zones only if it has the permission. */
const withWriter = (
  options: Parameters<typeof withSimulator>[0],
  test: (client: SimulatorClient) => Promise<void>,
) =>
  withSimulator({ zones: 1, ...options }, async (client) => {
    await client.patch({ tokens: { cloudflare: { [client.simulator.cloudflareToken]: WRITER } } });
    await test(client);
  });

const bodyOf = ({ simulator }: SimulatorClient, name: string, type?: string) => ({
  account: { id: simulator.accountId },
  name,
  ...(type === undefined ? {} : { type }),
});

async function make(client: SimulatorClient, name: string, type?: string): Promise<Zone> {
  const { body } = await client.cloudflare("POST", "/zones", bodyOf(client, name, type));
  return (body as { result: Zone }).result;
}

describe("a zone that is signed up", () => {
  test.each([
    [undefined, { type: "full", plan: { id: "free" } }, "ada.ns.cloudflare.com"],
    ["secondary", { type: "secondary", plan: { id: "enterprise" } }, "ns0001.secondary.cloudflare.com"],
  ])("with type %s is pending, and has its name servers", (type, expected, nameServer) =>
    withWriter({}, async (client) => {
      const zone = await make(client, "new.example", type);

      expect(zone).toMatchObject({ name: "new.example", status: "pending", ...expected });
      expect((await client.cloudflare("GET", `/zones/${zone.id}`)).body).toMatchObject({
        result: { id: zone.id, name_servers: expect.arrayContaining([nameServer]) },
      });
    })(),
  );

  test(
    "may be given in Unicode, and is kept as it is in DNS",
    withWriter({}, async (client) => {
      expect(await make(client, "Räksmörgås.example")).toMatchObject({ name: "xn--rksmrgs-5wao1o.example" });
    }),
  );

  test(
    "is active once the parent delegates it to those name servers and a check was asked for",
    withWriter({ now: createClock().now }, async (client) => {
      const { id } = await make(client, "new.example");
      const path = `/zones/${id}`;
      const status = async () => (await client.cloudflare("GET", path)).body;
      const check = () => client.cloudflare("PUT", `${path}/activation_check`);
      const nameServers = ["ADA.ns.cloudflare.com.", "bob.ns.cloudflare.com"];
      await client.patch({
        zones: { [id]: { parent: { nameServers: [...nameServers, "ns.old.example"] } } },
      });
      expect((await check()).body).toMatchObject({ success: true, result: { id } });
      expect(await status()).toMatchObject({ result: { status: "pending" } });

      await client.patch({ zones: { [id]: { parent: { nameServers }, activationCheckedAt: null } } });
      await check();
      expect(await status()).toMatchObject({ result: { status: "active" } });
    }),
  );

  test.each([
    ["free", 3_600],
    ["enterprise", 300],
  ])("on the plan %s is checked every %d s at most", (plan, seconds) => {
    const clock = createClock();
    return withWriter({ now: clock.now }, async (client) => {
      await client.patchZone({ plan });
      const check = async () => (await client.cloudflare("PUT", `${client.zone}/activation_check`)).status;

      expect(await check()).toBe(200);
      clock.advance(seconds - 1);
      expect(await check()).toBe(400);
      clock.advance(1);
      expect(await check()).toBe(200);
    })();
  });

  test.each<[string, object, object]>([
    [
      "a name that is there",
      { name: "zone-0000.example" },
      { code: 1061, message: "zone-0000.example already exists" },
    ],
    ["a top-level domain", { name: "example" }, { source: { pointer: "/name" } }],
    ["no name", { name: undefined }, { source: { pointer: "/name" } }],
    ["what is no name", { name: "a b.example" }, { source: { pointer: "/name" } }],
    ["an unknown type", { type: "primary" }, { source: { pointer: "/type" } }],
    ["an unknown field", { jump_start: true }, { source: { pointer: "/jump_start" } }],
    ["no account", { account: undefined }, { source: { pointer: "/account" } }],
  ])("is refused for %s", (_what, change, error) =>
    withWriter({}, async (client) => {
      const body = { ...bodyOf(client, "new.example"), ...change };

      expect(await client.cloudflare("POST", "/zones", body)).toMatchObject({
        status: 400,
        body: { errors: [error] },
      });
    })(),
  );

  test(
    "is refused for an account of others, and without the permission",
    withWriter({}, async (client) => {
      const others = { ...bodyOf(client, "new.example"), account: { id: "0".repeat(32) } };
      expect(await client.cloudflare("POST", "/zones", others)).toMatchObject({ status: 403 });

      const reader = { permissions: ["Zone Read"] };
      await client.patch({ tokens: { cloudflare: { [client.simulator.cloudflareToken]: reader } } });
      expect(await client.cloudflare("POST", "/zones", bodyOf(client, "new.example"))).toMatchObject({
        status: 403,
      });
    }),
  );

  test(
    "is no secondary one where the account may have none",
    withWriter({ switches: { secondaryZoneSignup: "refuse" } }, async (client) => {
      const answer = await client.cloudflare("POST", "/zones", bodyOf(client, "new.example", "secondary"));

      expect(answer).toMatchObject({
        status: 400,
        body: { errors: [{ message: "Secondary zone signup not allowed" }] },
      });
      expect(await make(client, "new.example")).toMatchObject({ type: "full" });
    }),
  );
});

describe("a zone that is there", () => {
  test.each<[string, object, object]>([
    ["pausing", { paused: true }, { paused: true }],
    [
      "its type",
      { type: "full" },
      { type: "full", name_servers: ["ada.ns.cloudflare.com", "bob.ns.cloudflare.com"] },
    ],
    [
      "its own name servers",
      { vanity_name_servers: ["ns1.vanity.example"] },
      { vanity_name_servers: ["ns1.vanity.example"] },
    ],
    ["nothing", {}, { paused: false }],
  ])("takes a change of %s", (_what, change, expected) =>
    withWriter({}, async (client) => {
      expect(await client.cloudflare("PATCH", client.zone, change)).toMatchObject({
        status: 200,
        body: { result: expected },
      });
      expect((await client.cloudflare("GET", client.zone)).body).toMatchObject({ result: expected });
    })(),
  );

  test.each<[string, object, object, object]>([
    [
      "two at once",
      {},
      { paused: true, type: "full" },
      { message: "Only one zone property can be changed at a time" },
    ],
    ["the type without the plan", { plan: "business" }, { type: "full" }, { code: 1017 }],
    ["own name servers without the plan", { plan: "pro" }, { vanity_name_servers: [] }, { code: 1017 }],
    ["its name", {}, { name: "other.example" }, { source: { pointer: "/name" } }],
  ])("refuses a change of %s", (_what, state, change, error) =>
    withWriter({}, async (client) => {
      await client.patchZone(state);
      const before = await client.cloudflare("GET", client.zone);

      expect(await client.cloudflare("PATCH", client.zone, change)).toMatchObject({
        status: 400,
        body: { errors: [error] },
      });
      expect((await client.cloudflare("GET", client.zone)).body).toEqual(before.body);
    })(),
  );

  test(
    "is deleted with all that it had",
    withWriter({}, async (client) => {
      expect((await client.cloudflare("DELETE", client.zone)).body).toMatchObject({
        result: { id: client.zoneId },
      });
      expect(await client.cloudflare("GET", client.zone)).toMatchObject({ status: 404 });
      expect(await client.cloudflare("DELETE", client.zone)).toMatchObject({ status: 404 });
    }),
  );
});
