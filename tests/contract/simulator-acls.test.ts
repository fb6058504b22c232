import { OPCODE, RCODE, TYPE } from "../../simulator/dns/codes";
import { rcodeOf } from "../../simulator/dns/message";
import { ask } from "../support/dns-client";
import { ORIGIN } from "../support/dns-records";
import { type SimulatorClient, withSimulator } from "../support/simulator-client";
import { Transfers } from "../support/simulator-transfers";

const collectionOf = ({ tsigs }: SimulatorClient) => tsigs.replace("tsigs", "acls");

async function make(client: SimulatorClient, ip_range: string): Promise<{ id: string; ip_range: string }> {
  const { body } = await client.cloudflare("POST", collectionOf(client), { name: "notify", ip_range });
  return (body as { result: { id: string; ip_range: string } }).result;
}

describe("transfer ACLs", () => {
  test(
    "are made, listed, read, replaced and deleted",
    withSimulator({}, async (client) => {
      const { id } = await make(client, "192.0.2.0/28");
      const path = `${collectionOf(client)}/${id}`;
      const first = { id, name: "notify", ip_range: "192.0.2.0/28" };
      expect((await client.cloudflare("GET", collectionOf(client))).body).toMatchObject({
        result: [first],
        result_info: { total_count: 1 },
      });
      expect((await client.cloudflare("GET", path)).body).toMatchObject({ result: first });

      const changed = { name: "other", ip_range: "2001:db8::/64" };
      expect((await client.cloudflare("PUT", path, changed)).body).toMatchObject({
        result: { id, ...changed },
      });
      expect((await client.cloudflare("DELETE", path)).body).toMatchObject({ result: { id } });
      expect(await client.cloudflare("GET", path)).toMatchObject({
        status: 404,
        body: { errors: [{ message: "ACL not found" }] },
      });
    }),
  );

  test.each([
    ["192.0.2.53/28", "192.0.2.48/28"],
    ["192.0.2.255/24", "192.0.2.0/24"],
    ["192.0.2.1/32", "192.0.2.1/32"],
    ["2001:DB8:0:0:1::1/64", "2001:db8::/64"],
    ["::1/128", "::1/128"],
    ["2001:db8:0:1:ffff::/80", "2001:db8:0:1:ffff::/80"],
  ])("keep the range %s as %s", (given, kept) =>
    withSimulator({}, async (client) => {
      expect(await make(client, given)).toMatchObject({ ip_range: kept });
    })(),
  );

  test.each([
    ["no range", "192.0.2.1"],
    ["too wide a one", "192.0.2.0/23"],
    ["too wide a one of IPv6", "2001:db8::/63"],
    ["a prefix past the end", "192.0.2.0/33"],
    ["no address", "256.0.2.0/24"],
    ["a name", "example.com/24"],
    ["nothing", ""],
  ])("refuse %s", (_what, ip_range) =>
    withSimulator({}, async (client) => {
      const body = { name: "notify", ip_range };

      expect(await client.cloudflare("POST", collectionOf(client), body)).toMatchObject({
        status: 400,
        body: { errors: [{ code: 1003, source: { pointer: "/ip_range" } }] },
      });
      expect((await client.cloudflare("GET", collectionOf(client))).body).toMatchObject({ result: [] });
    })(),
  );

  test.each([
    ["127.0.0.0/24", RCODE.NOERROR],
    ["127.0.1.0/24", RCODE.REFUSED],
  ])("say whose NOTIFY is heard besides that of peers: with %s", (ip_range, rcode) =>
    withSimulator({ zones: 1, transferTimeoutMs: 50 }, async (client) => {
      const transfers = new Transfers(client);
      const peer = await transfers.link(9);
      await client.patch({ peers: { [peer]: { ip: "192.0.2.1" } } });
      await make(client, ip_range);

      expect(rcodeOf(await ask(transfers.dnsPort, ORIGIN, TYPE.SOA, { opcode: OPCODE.NOTIFY }))).toBe(rcode);
    })(),
  );
});
