import "../support/one-realm";
import { tsig } from "../../provider/runtime";
import { useSimulator } from "../support/control";
import { freshKeys, Primary } from "../support/guard-model/primary";
import { transferKey } from "../support/guard-model/program";
import { Managed, simulatorConfig } from "../support/handlers";

const PEER = "a".repeat(32);
const control = useSimulator({ zones: 2 });

const open: Primary[] = [];
afterEach(async () => {
  for (const { server } of open.splice(0)) await server.stop();
});

/** A presigned zone that is served with NSEC, and whose primary has another secret than Cloudflare. */
async function presigned(at: number, denial: "nsec" | "nsec3") {
  const { simulator } = control();
  const { accountId } = simulator;
  const { id: zoneId, name: zoneName } = simulator.zones[at] ?? { id: "", name: "" };
  const primary = await Primary.start(zoneName, "a");
  open.push(primary);
  primary.publish({ keys: freshKeys(primary, 13), denial, keyTtl: 3_600 });
  primary.transferKeys = [transferKey(1)];
  const resource = new Managed(tsig, simulatorConfig(simulator));
  const program = (secret: number) => {
    const { name, algorithm, secret: text } = transferKey(secret);
    return {
      accountId,
      name,
      algo: algorithm,
      secret: text,
      __zone: { zoneId, zoneName, accountId },
    };
  };
  await resource.up(program(0));
  const { tsigId } = resource.state.outputs;
  const time = "2026-01-01T00:00:00Z";
  await control().patch({
    peers: {
      [PEER]: { accountId, name: "peer", ip: "127.0.0.1", port: primary.server.port, tsig_id: tsigId },
    },
    zones: {
      [zoneId]: {
        dnssec: { status: "pending", dnssec_presigned: true },
        incoming: {
          name: zoneName,
          peers: [PEER],
          auto_refresh_seconds: 600,
          created_time: time,
          modified_time: time,
        },
      },
    },
  });
  return {
    take: () => resource.up(program(1)),
    secret: async () => (await control().state()).tsigs[String(tsigId)]?.secret,
  };
}

test("the secret that the primary has is taken where what comes by it can be served", async () => {
  const { take, secret } = await presigned(0, "nsec");
  expect(await take()).toBe("updated");
  expect(await secret()).toBe(transferKey(1).secret);
});

test("it is not where transfers by it would bring what Cloudflare does not serve", async () => {
  const { take, secret } = await presigned(1, "nsec3");
  await expect(take()).rejects.toThrow(
    /^TSIG "key\.example\." stays as it is[\s\S]* signs zone-0001\.example with NSEC3/,
  );
  expect(await secret()).toBe(transferKey(0).secret);
});
