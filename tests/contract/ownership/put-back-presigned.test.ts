import "../../support/one-realm";
import type { Wanted } from "../../support/engine-runs";
import { freshKeys, Primary } from "../../support/guard-model/primary";
import type { Signing } from "../../support/guard-model/signed-zone";
import { useStacks } from "../../support/two-programs";

const { services, stack, printed, zone } = useStacks();

const FOREIGN = "f".repeat(32);
const ofZone = () => services().simulator.zones[0] ?? { id: "", name: "" };

const open: Primary[] = [];
afterEach(async () => {
  for (const { server } of open.splice(0)) await server.stop();
});

async function primary(signing?: Signing): Promise<Primary> {
  const started = await Primary.start(ofZone().name, "a");
  open.push(started);
  if (signing) started.publish(signing);
  return started;
}

async function signed(): Promise<Signing> {
  return { keys: freshKeys(await primary(), 13), denial: "nsec", keyTtl: 3_600 };
}

const place = ({ server }: Primary) => ({ ip: "127.0.0.1", port: server.port });

/** A zone whose transfers somebody had from `before`, and which the program has taken over to `now`, presigned. */
async function takenOver(before: Primary, now: Primary) {
  const { accountId } = services().simulator;
  const time = "2026-01-01T00:00:00Z";
  const incoming = { peers: [FOREIGN], auto_refresh_seconds: 600, created_time: time, modified_time: time };
  await services().patch({ peers: { [FOREIGN]: { accountId, name: "other", ...place(before) } } });
  await services().patch({ zones: { [ofZone().id]: { incoming: { name: ofZone().name, ...incoming } } } });
  const peer: Wanted = { kind: "transferPeer", inputs: { accountId, name: "own", ...place(now) } };
  const transfer: Wanted = {
    kind: "incomingTransfer",
    inputs: { zoneId: ofZone().id, name: ofZone().name },
    from: (outputsOf) => ({ peers: [outputsOf("peer").peerId] }),
  };
  const program = stack();
  await program.up({ peer, transfer });
  await services().patch({
    zones: { [ofZone().id]: { dnssec: { status: "pending", dnssec_presigned: true } } },
  });
  return program;
}

test("a presigned zone is not given back to a primary that does not sign it", async () => {
  const program = await takenOver(await primary(), await primary(await signed()));
  await expect(program.destroy()).rejects.toThrow(/serves zone-0000\.example unsigned/);
  expect((await zone()).incoming?.peers).not.toContain(FOREIGN);
});

test("it is given back to one that signs it", async () => {
  const signing = await signed();
  const program = await takenOver(await primary(signing), await primary(signing));
  await program.destroy();
  expect((await zone()).incoming).toMatchObject({ peers: [FOREIGN], auto_refresh_seconds: 600 });
  expect(printed()).not.toContain("stays");
});
