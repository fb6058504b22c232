import "../support/one-realm";
import { tsig } from "../../provider/runtime";
import { useSimulator } from "../support/control";
import { transferKey } from "../support/guard-model/program";
import { Managed, simulatorConfig } from "../support/handlers";

const KEY = "b".repeat(32);
const PEER = "a".repeat(32);
const control = useSimulator({ zones: 2 });

/** One of several keys of a zone that is transferred, or not, with a key of the same name and another secret. */
async function besideNamesake(at: number, isTransferred: boolean) {
  const { simulator } = control();
  const { accountId } = simulator;
  const { id: zoneId, name: zoneName } = simulator.zones[at] ?? { id: "", name: "" };
  const { name, algorithm, secret } = transferKey(0);
  const time = "2026-01-01T00:00:00Z";
  const incoming = { name: zoneName, peers: [PEER], auto_refresh_seconds: 600 };
  await control().patch({
    tsigs: { [KEY]: { accountId, name, algo: algorithm, secret } },
    peers: { [PEER]: { accountId, name: "peer", ip: "127.0.0.1", port: 53, tsig_id: KEY } },
    zones: isTransferred
      ? { [zoneId]: { incoming: { ...incoming, created_time: time, modified_time: time } } }
      : {},
  });
  const resource = new Managed(tsig, simulatorConfig(simulator));
  const program = { accountId, name, __zone: { zoneId, zoneName, accountId, hasSeveralKeys: true } };
  return {
    up: (more: object = {}) => resource.up({ ...program, ...more }),
    keys: async () => Object.keys((await control().state()).tsigs),
  };
}

test("a key is not made a second time beside the one of its name that the zone is transferred with", async () => {
  const { up, keys } = await besideNamesake(0, true);
  await expect(up()).rejects.toThrow(/^Did not create a second TSIG "key\.example\."[\s\S]*Next: /);
  expect(await keys()).toEqual([KEY]);
  expect(await up({ adopt: true })).toBe("created");
  expect(await keys()).toEqual([KEY]);
});

test("it is where the zone does not use the one of its name, which may be another zone's", async () => {
  const { up, keys } = await besideNamesake(1, false);
  expect(await up()).toBe("created");
  expect(await keys()).toHaveLength(2);
});
