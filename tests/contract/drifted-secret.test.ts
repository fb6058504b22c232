import "../support/one-realm";
import { tsig } from "../../provider/runtime";
import { useSimulator } from "../support/control";
import { freshKeys, Primary } from "../support/guard-model/primary";
import { transferKey } from "../support/guard-model/program";
import { Managed, simulatorConfig } from "../support/handlers";

const PEER = "a".repeat(32);
const BY_HAND = transferKey(1).secret;
const control = useSimulator({ zones: 1 });

const open: Primary[] = [];
afterEach(async () => {
  for (const { server } of open.splice(0)) await server.stop();
});

/** A key with a generated secret, which a zone is transferred by, and which somebody gave another secret at Cloudflare. */
async function changedByHand() {
  const { simulator } = control();
  const { accountId } = simulator;
  const [{ id: zoneId, name: zoneName } = { id: "", name: "" }] = simulator.zones;
  const primary = await Primary.start(zoneName, "a");
  open.push(primary);
  primary.publish({ keys: freshKeys(primary, 13), denial: "nsec3", keyTtl: 3_600 });
  const resource = new Managed(tsig, simulatorConfig(simulator));
  const { name, algorithm } = transferKey(0);
  const program = { accountId, name, algo: algorithm, __zone: { zoneId, zoneName, accountId } };
  await resource.up(program);
  const { tsigId, secret: generated } = resource.state.outputs;
  const peer = { accountId, name: "peer", ip: "127.0.0.1", port: primary.server.port, tsig_id: tsigId };
  await control().patch({
    peers: { [PEER]: peer },
    tsigs: { [String(tsigId)]: { secret: BY_HAND } },
  });
  await resource.refresh();
  return {
    generated,
    primaryHas: (secret: unknown) => {
      primary.transferKeys = [{ ...transferKey(0), secret: String(secret) }];
    },
    up: () => resource.up(program),
    preview: () => resource.preview(program),
    secret: async () => (await control().state()).tsigs[String(tsigId)]?.secret,
  };
}

test("the generated secret is put back where the primary still has it", async () => {
  const { generated, primaryHas, up, secret } = await changedByHand();
  primaryHas(generated);
  expect(await up()).toBe("updated");
  expect(await secret()).toBe(generated);
});

test("it is not where the primary has been given the other one too, since transfers would fail", async () => {
  const { generated, primaryHas, up, preview, secret } = await changedByHand();
  primaryHas(BY_HAND);
  const failure: unknown = await up().catch((error: unknown) => error);
  expect(String(failure)).toMatch(
    /TSIG "key\.example\." stays as it is[\s\S]* another secret for the key "key\.example\."/,
  );
  expect(String(failure)).not.toContain(BY_HAND);
  expect(String(failure)).not.toContain(String(generated));
  expect(await secret()).toBe(BY_HAND);

  expect(await preview()).toEqual(["secret"]);
  primaryHas(generated);
  expect(await up()).toBe("updated");
  expect(await secret()).toBe(generated);
});
