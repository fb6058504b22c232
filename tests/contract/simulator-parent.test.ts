import { startSimulator } from "../../simulator";
import { RCODE, TYPE } from "../../simulator/dns/codes";
import {
  decode,
  encode,
  FLAG,
  query,
  type ReceivedMessage,
  type ResourceRecord,
  rcodeOf,
} from "../../simulator/dns/message";
import { formatName, parseName } from "../../simulator/dns/name";
import { soaOf, targetOf } from "../../simulator/dns/rdata";
import { ask, firstOverUdp } from "../support/dns-client";
import { ORIGIN } from "../support/dns-records";
import { createClock, SimulatorClient, withSimulator } from "../support/simulator-client";
import { Transfers } from "../support/simulator-transfers";

const KEY = { name: "cf.example", algorithm: "hmac-sha256", secret: "c2VjcmV0" };
const DS = `4711 13 2 ${"AB".repeat(32)}`;
const OTHER = `4712 13 2 ${"CD".repeat(32)}`;

const shown = ({ type, rdata }: ResourceRecord): string => {
  if (type === TYPE.A) return [...rdata].join(".");
  if (type === TYPE.NS) return formatName(targetOf(rdata));
  if (type === TYPE.SOA) return `SOA ${soaOf(rdata).minimum}`;
  const [tag, algorithm, digestType] = [rdata.readUInt16BE(0), rdata.readUInt8(2), rdata.readUInt8(3)];
  return `${tag} ${algorithm} ${digestType} ${rdata.toString("hex", 4).toUpperCase()}`;
};

/** What an asker learns: who has the word, and what it is. */
function facts(reply: ReceivedMessage) {
  const { flags, answers, authority } = reply;
  const authoritative = flags & FLAG.authoritative ? ["AA"] : [];
  return {
    rcode: rcodeOf(reply),
    flags: [...authoritative, ...(flags & FLAG.recursed ? ["RA"] : [])].join(),
    answers: answers.map(shown),
    authority: authority.map(shown),
    ttls: [...new Set([...answers, ...authority].map(({ ttl }) => ttl))],
  };
}

const question = (id: number, name: string, type: number) => encode(query(id, parseName(name), type));
const portOf = ({ simulator }: SimulatorClient) => Number(simulator.dns.split(":")[1]);

/** The two ways to ask: the parent's server, and a resolver. */
const parentOf = (client: SimulatorClient) => async (name: string, type: number) =>
  facts(await ask(portOf(client), name, type));
const resolverOf = (client: SimulatorClient) => async (name: string, type: number) =>
  facts(await ask(portOf(client), name, type, { recursive: true }));

describe("the parent's server", () => {
  test(
    "tells the DS set of a zone with authority and its whole TTL",
    withSimulator({ zones: 1 }, async (client) => {
      await client.patchZone({ parent: { ds: [DS, OTHER], ttl: 7200 } });
      const expected = {
        rcode: RCODE.NOERROR,
        flags: "AA",
        answers: [DS, OTHER],
        authority: [],
        ttls: [7200],
      };

      expect(await parentOf(client)(ORIGIN, TYPE.DS)).toEqual(expected);
      expect(await parentOf(client)(ORIGIN.toUpperCase(), TYPE.DS)).toEqual(expected);
    }),
  );

  test.each([
    [3600, 900],
    [60, 60],
  ])("tells that there is none with its own SOA; with a TTL of %d s that holds for %d s", (ttl, life) =>
    withSimulator({ zones: 1 }, async (client) => {
      await client.patchZone({ parent: { ttl } });
      const reply = await ask(portOf(client), ORIGIN, TYPE.DS);

      expect(facts(reply)).toEqual({
        rcode: RCODE.NOERROR,
        flags: "AA",
        answers: [],
        authority: [`SOA ${life}`],
        ttls: [life],
      });
      expect(reply.authority.map(({ name }) => formatName(name))).toEqual(["example."]);
    })(),
  );

  test(
    "refers to the zone's name servers, without authority",
    withSimulator({ zones: 1 }, async (client) => {
      const authority = ["ns0001.secondary.cloudflare.com.", "ns0002.secondary.cloudflare.com."];
      expect(await parentOf(client)(ORIGIN, TYPE.NS)).toEqual({
        rcode: RCODE.NOERROR,
        flags: "",
        answers: [],
        authority,
        ttls: [3600],
      });

      await client.patchZone({ parent: { nameServers: ["ns.old.example"], ttl: 60 } });
      expect(await parentOf(client)(ORIGIN, TYPE.NS)).toMatchObject({
        authority: ["ns.old.example."],
        ttls: [60],
      });
    }),
  );

  test(
    "knows no zone that is not registered",
    withSimulator({ zones: 1 }, async (client) => {
      await client.patchZone({ parent: { ds: [DS], nameServers: [] } });

      for (const type of [TYPE.DS, TYPE.NS]) {
        expect(await parentOf(client)(ORIGIN, type)).toMatchObject({ rcode: RCODE.NXDOMAIN, flags: "AA" });
        expect(await resolverOf(client)(ORIGIN, type)).toMatchObject({ rcode: RCODE.NXDOMAIN, flags: "RA" });
      }
    }),
  );

  test(
    "leaves all other questions to the zone's own server",
    withSimulator({ zones: 1 }, async (client) => {
      expect(await parentOf(client)(ORIGIN, TYPE.SOA)).toMatchObject({ rcode: RCODE.REFUSED });
      expect(await parentOf(client)(`www.${ORIGIN}`, TYPE.NS)).toMatchObject({ rcode: RCODE.REFUSED });
      expect(await parentOf(client)("other.test", TYPE.DS)).toMatchObject({ rcode: RCODE.REFUSED });
    }),
  );

  test(
    "says nothing while it cannot be reached",
    withSimulator({ zones: 1 }, async (client) => {
      await client.patchZone({ parent: { ds: [DS], reachable: false } });
      const asked = [question(1, ORIGIN, TYPE.DS), question(2, "example", TYPE.SOA)];

      // Answered in turn: the first answer to come is that to the second question.
      expect(decode(await firstOverUdp(portOf(client), asked)).id).toBe(2);
      await client.patchZone({ parent: { reachable: true } });
      expect(await parentOf(client)(ORIGIN, TYPE.DS)).toMatchObject({ answers: [DS] });
    }),
  );
});

describe("the resolver", () => {
  test("finds the parent's server and the zone's by name, at the address of the port", async () => {
    const simulator = await startSimulator({ zones: 1, dnsAddress: "127.0.0.9" });
    const port = portOf(new SimulatorClient(simulator));
    const resolve = async (name: string, type: number) =>
      facts(await ask(port, name, type, { recursive: true, host: "127.0.0.9" }));
    const [parents, children] = [await resolve("example", TYPE.NS), await resolve(ORIGIN, TYPE.NS)];
    const servers = [...parents.answers, ...children.answers];
    const addresses = await Promise.all(servers.map((server) => resolve(server, TYPE.A)));
    const inside = await ask(port, ORIGIN, TYPE.NS, { host: "127.0.0.9" });
    const over6 = await resolve(children.answers[0] ?? "", TYPE.AAAA);
    await simulator.close();

    expect(simulator.dns).toBe(`127.0.0.9:${port}`);
    expect(parents).toMatchObject({ flags: "RA", answers: ["ns1.parent.test."] });
    expect(children).toMatchObject({
      flags: "RA",
      answers: ["ns0001.secondary.cloudflare.com.", "ns0002.secondary.cloudflare.com."],
    });
    expect(addresses.map(({ flags, answers }) => [flags, ...answers])).toEqual(
      servers.map(() => ["RA", "127.0.0.9"]),
    );
    expect(over6).toMatchObject({ rcode: RCODE.NOERROR, flags: "RA", answers: [] });
    expect(inside.authority).toHaveLength(2);
  });

  test("holds a DS set for its TTL, whatever the parent says meanwhile", async () => {
    const clock = createClock();
    await withSimulator({ zones: 1, now: clock.now }, async (client) => {
      const resolve = () => resolverOf(client)(ORIGIN, TYPE.DS);
      await client.patchZone({ parent: { ds: [DS], ttl: 600 } });
      expect(await resolve()).toEqual({
        rcode: RCODE.NOERROR,
        flags: "RA",
        answers: [DS],
        authority: [],
        ttls: [600],
      });

      await client.patchZone({ parent: { ds: [OTHER] } });
      clock.advance(599);
      expect(await resolve()).toMatchObject({ answers: [DS], ttls: [1] });
      expect(await parentOf(client)(ORIGIN, TYPE.DS)).toMatchObject({ answers: [OTHER], ttls: [600] });
      clock.advance(1);
      expect(await resolve()).toMatchObject({ answers: [OTHER], ttls: [600] });
    })();
  });

  test("holds that there is no DS for 900 s at most", async () => {
    const clock = createClock();
    await withSimulator({ zones: 1, now: clock.now }, async (client) => {
      const resolve = () => resolverOf(client)(ORIGIN, TYPE.DS);
      expect(await resolve()).toMatchObject({ answers: [], authority: ["SOA 900"], ttls: [900] });

      await client.patchZone({ parent: { ds: [DS] } });
      clock.advance(800);
      expect(await resolve()).toMatchObject({ answers: [], ttls: [100] });
      clock.advance(100);
      expect(await resolve()).toMatchObject({ answers: [DS], ttls: [3600] });
    })();
  });

  test("answers SERVFAIL for a parent that cannot be reached, unless it holds the answer", async () => {
    const clock = createClock();
    await withSimulator({ zones: 1, now: clock.now }, async (client) => {
      const resolve = (type: number) => resolverOf(client)(ORIGIN, type);
      await client.patchZone({ parent: { ds: [DS], ttl: 600 } });
      await resolve(TYPE.DS);
      await client.patchZone({ parent: { reachable: false } });

      expect(await resolve(TYPE.DS)).toMatchObject({ rcode: RCODE.NOERROR, answers: [DS] });
      expect(await resolve(TYPE.NS)).toMatchObject({ rcode: RCODE.SERVFAIL, flags: "RA", answers: [] });
      clock.advance(600);
      expect(await resolve(TYPE.DS)).toMatchObject({ rcode: RCODE.SERVFAIL, answers: [] });
    })();
  });

  test("shows over the control plane what it holds, and forgets it when told", async () => {
    const clock = createClock();
    await withSimulator({ zones: 1, now: clock.now }, async (client) => {
      const cache = async (method = "GET") => (await client.control(method, "/resolver-cache")).body;
      await client.patchZone({ parent: { ds: [DS] } });
      expect(await cache()).toEqual([]);
      await resolverOf(client)(ORIGIN, TYPE.DS);
      clock.advance(10);
      expect(await cache()).toEqual([{ name: `${ORIGIN}.`, type: "DS", values: [DS], ttl: 3590 }]);

      await client.patchZone({ parent: { ds: [] } });
      expect(await client.control("DELETE", "/resolver-cache")).toMatchObject({ status: 204 });
      expect(await cache()).toEqual([]);
      expect(await resolverOf(client)(ORIGIN, TYPE.DS)).toMatchObject({ answers: [] });
    })();
  });

  test(
    "leaves questions about the zone's content to the zone's own server",
    withSimulator({ zones: 1 }, async (client) => {
      expect(await resolverOf(client)(ORIGIN, TYPE.SOA)).toMatchObject({ rcode: RCODE.REFUSED, flags: "" });
      expect(await resolverOf(client)("www.elsewhere.test", TYPE.A)).toMatchObject({ rcode: RCODE.REFUSED });
    }),
  );
});

describe("what Cloudflare sees of its DS at the parent", () => {
  const zone = (client: SimulatorClient) => new Transfers(client).zone();
  const ownDs = async (client: SimulatorClient) => {
    await client.patchZone({ dsAtParent: true });
    const [ds = ""] = (await zone(client)).parent.ds;
    return ds;
  };

  test(
    "is its DS in the parent's set: put there it makes the zone active, taken out pending",
    withSimulator({ zones: 1 }, async (client) => {
      const own = await ownDs(client);
      const { result } = (await client.cloudflare("PATCH", `${client.zone}/dnssec`, { status: "active" }))
        .body as { result: { ds: string; status: string } };
      expect(result).toMatchObject({ status: "active", ds: `${ORIGIN}. 3600 IN DS ${own}` });

      await client.patchZone({ parent: { ds: [DS] } });
      expect(await zone(client)).toMatchObject({ dsAtParent: false, dnssec: { status: "pending" } });
      await client.patchZone({ parent: { ds: [DS, own] } });
      expect(await zone(client)).toMatchObject({ dsAtParent: true, dnssec: { status: "active" } });
    }),
  );

  test(
    "can be ordered alone: its DS joins the set and leaves it, and no other DS does",
    withSimulator({ zones: 1 }, async (client) => {
      await client.patchZone({ parent: { ds: [DS] } });
      await client.patchZone({ dsAtParent: true });
      expect((await zone(client)).parent.ds).toEqual([DS, expect.stringMatching(/^2371 13 2 [0-9A-F]{64}$/)]);
      await client.patchZone({ dsAtParent: false });
      expect((await zone(client)).parent.ds).toEqual([DS]);
    }),
  );

  test(
    "cannot be ordered against the set that is given with it",
    withSimulator({ zones: 1 }, async (client) => {
      const patch = { zones: { [client.zoneId]: { dsAtParent: true, parent: { ds: [DS] } } } };

      expect(await client.control("PATCH", "/state", patch)).toMatchObject({
        status: 400,
        body: { error: expect.stringContaining("dsAtParent: cannot be true, would become false") },
      });
    }),
  );

  test(
    "counts for a presigned zone as any DS does: the parent's is the primary's",
    withSimulator({ zones: 1 }, async (client) => {
      await client.patchZone({ parent: { ds: [DS] } });
      const flags = { status: "active", dnssec_presigned: true };
      const { body } = await client.cloudflare("PATCH", `${client.zone}/dnssec`, flags);

      expect(body).toMatchObject({ result: { status: "active" } });
      expect((await zone(client)).dsAtParent).toBe(false);
    }),
  );
});

describe("the DS set in the state", () => {
  test(
    "is kept in its normal form, each record once",
    withSimulator({ zones: 1 }, async (client) => {
      await client.patchZone({ parent: { ds: [` 4711  13 2 ${"ab".repeat(32)}`, DS] } });

      expect((await new Transfers(client).zone()).parent.ds).toEqual([DS]);
    }),
  );

  test.each([
    ["no numbers", "none"],
    ["a tag above 65535", `70000 13 2 ${"AB".repeat(32)}`],
    ["an algorithm above 255", `1 256 2 ${"AB".repeat(32)}`],
    ["a digest that is too short", "1 13 2 ABCD"],
    ["half an octet", `1 13 2 ${"AB".repeat(31)}A`],
    ["an owner before it", `${ORIGIN}. 3600 IN DS ${DS}`],
  ])("cannot hold %s", (_what, ds) =>
    withSimulator({ zones: 1 }, async (client) => {
      const patch = { zones: { [client.zoneId]: { parent: { ds: [ds] } } } };

      expect(await client.control("PATCH", "/state", patch)).toMatchObject({
        status: 400,
        body: {
          error: `zones.${client.zoneId}.parent.ds.0: must be DS rdata: KEYTAG ALGORITHM DIGESTTYPE HEXDIGEST`,
        },
      });
    })(),
  );
});

test(
  "where the parent is another server, the port answers for the zones alone",
  withSimulator({ zones: 1, primary: true, parents: false }, async (client) => {
    const { simulator, zoneId } = client;
    const zones = { [ORIGIN]: { transferKeys: [KEY.name] } };
    const keys = { [KEY.name]: { algorithm: KEY.algorithm, secret: KEY.secret } };
    expect(await client.control("PATCH", "/primary", { zones, keys })).toMatchObject({ status: 200 });
    const transfers = new Transfers(client);
    await transfers.link(Number(simulator.primary?.split(":")[1]), KEY);
    await transfers.force();

    const own = [`ns1.${ORIGIN}.`];
    await client.patch({ zones: { [zoneId]: { parent: { nameServers: ["ns.old.example"] } } } });
    expect(await parentOf(client)(ORIGIN, TYPE.NS)).toMatchObject({ flags: "AA", answers: own });
    expect(await resolverOf(client)("ns1.parent.test", TYPE.A)).toMatchObject({ rcode: RCODE.REFUSED });
  }),
);

test("the DNS port only listens on a loopback address", async () => {
  await expect(startSimulator({ dnsAddress: "0.0.0.0" })).rejects.toThrow(
    'simulator options: dnsAddress: must be in 127.0.0.0/8, not "0.0.0.0"',
  );
});
