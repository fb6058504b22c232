import "../support/one-realm";
import { primaryDs, tsig } from "../../provider/runtime";
import { useSimulator } from "../support/control";
import { freshKeys, Primary } from "../support/guard-model/primary";
import { transferKey } from "../support/guard-model/program";
import { Managed, simulatorConfig } from "../support/handlers";
import { messageOf } from "../support/outcome";

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
    dsOfPrimary: () =>
      new Managed(primaryDs, simulatorConfig(simulator)).up({ accountId, zoneName, peers: [PEER] }),
    refresh: () => resource.refresh(),
    up: () => resource.up(program),
    preview: () => resource.preview(program),
    secret: async () => (await control().state()).tsigs[String(tsigId)]?.secret,
  };
}

test("a refresh says that the key was changed, and not to give the primary that one, at every look", async () => {
  const print = jest.spyOn(console, "log").mockImplementation(() => {});
  const { generated, refresh } = await changedByHand();
  await refresh();
  const lines = print.mock.calls.map(([line]) => String(line));
  print.mockRestore();
  const said =
    'TSIG "key.example." was changed outside Pulumi: at Cloudflare it has another secret now. Do not put that key on the primary, even if a message or primary-config shows it: "pulumi up" restores the program\'s key.';
  expect(lines.filter((line) => line.startsWith("TSIG "))).toEqual([said, said]);
  for (const secret of [BY_HAND, String(generated)]) expect(lines.join("\n")).not.toContain(secret);
});

test("while the primary has the generated one, no DS can be had, and the error says to put the key back", async () => {
  const { generated, primaryHas, dsOfPrimary, up } = await changedByHand();
  primaryHas(generated);
  expect(await messageOf(dsOfPrimary())).toContain(
    'If somebody changed the TSIG at Cloudflare, leave the primary as it is: "pulumi up --refresh" puts the program\'s key back.',
  );
  await up();
  expect(await dsOfPrimary()).toBe("created");
});

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
