import "../support/one-realm";
import { tsig } from "../../provider/runtime";
import { useSimulator } from "../support/control";
import { freshKeys, Primary } from "../support/guard-model/primary";
import { transferKey } from "../support/guard-model/program";
import { Managed, simulatorConfig } from "../support/handlers";
import { messageOf } from "../support/outcome";

const PEER = "a".repeat(32);
const control = useSimulator({ zones: 1 });

let primary: Primary;
let resource: Managed;
let program: Readonly<Record<string, unknown>>;

/** A key that its primary has too, and that a zone is transferred by. */
beforeEach(async () => {
  const { simulator } = control();
  const { accountId } = simulator;
  const [{ id: zoneId, name: zoneName } = { id: "", name: "" }] = simulator.zones;
  primary = await Primary.start(zoneName, "a");
  primary.publish({ keys: freshKeys(primary, 13), denial: "nsec3", keyTtl: 3_600 });
  primary.transferKeys = [transferKey(0)];
  const { name, algorithm: algo, secret } = transferKey(0);
  resource = new Managed(tsig, simulatorConfig(simulator));
  program = { accountId, name, algo, secret, __zone: { zoneId, zoneName, accountId } };
  await resource.up(program);
  const { tsigId: tsig_id } = resource.state.outputs;
  const peer = { accountId, name: "peer", ip: "127.0.0.1", port: primary.server.port, tsig_id };
  await control().patch({ peers: { [PEER]: peer } });
});
afterEach(async () => {
  await primary.server.stop();
  await control().patch({ peers: { [PEER]: null } });
});

test.each<[what: string, change: object, cause: string, byHand: boolean]>([
  ["name", { name: "new.example." }, 'it does not know the key "new.example."', true],
  ["secret", { secret: transferKey(1).secret }, "it has another secret for the key", false],
  ["algorithm", { algo: "hmac-sha256." }, "with hmac-sha256", false],
])(
  "another %s that the primary does not have is refused with its cause and the guide, not with a text of the old key",
  async (_what, change, cause, byHand) => {
    const message = await messageOf(resource.up({ ...program, ...change }));
    expect(message).toMatch(/^TSIG "key\.example\." stays as it is, at Cloudflare and in the state: /);
    expect(message).toContain(cause);
    expect(message).toMatch(/^Next: keep this key as it is, and add .* docs\/rotate-a-tsig-key\.md/m);
    expect(message.includes('put "new.example." on the primary by hand')).toBe(byHand);
    expect(message).not.toContain("primary-config");
    expect(message.match(/^Next: /gm)).toHaveLength(1);
    expect(message).toContain("SECONDARY_DNS_FORCE=");
  },
);

test("a name that is put on the primary by hand first, beside the old key, is taken", async () => {
  const change = { name: "new.example." };
  await messageOf(resource.up({ ...program, ...change }));
  primary.transferKeys = [transferKey(0), { ...transferKey(0), name: "new.example." }];
  expect(await resource.up({ ...program, ...change })).toBe("updated");
  const { tsigId } = resource.state.outputs;
  expect((await control().state()).tsigs[String(tsigId)]).toMatchObject(change);
});
