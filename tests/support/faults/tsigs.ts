import fc from "fast-check";
import { byId, outputsOf, type Subject, savedOf, type World } from "./subject";

export const SECRETS = [11, 12, 13].map((byte) => Buffer.alloc(64, byte).toString("base64"));
const CONSOLE_SECRET = Buffer.alloc(64, 99).toString("base64");

// So few names that resources meet each other's.
const name = fc.constantFrom("a.example.", "b.example.");
const algo = fc.constantFrom("hmac-sha512.", "hmac-sha256.");

export const tsigs: Subject = {
  kind: "tsig",
  wishes: {
    generated: fc.record({ name, algo }),
    namesake: fc.record({ name, algo }),
    given: fc.record({ name, algo, secret: fc.constantFrom(...SECRETS) }),
  },
  unmarked: ["given"],
  target: ({ accountId }, slot) => ({ accountId, __owner: `project/stack/${slot}` }),
  changes: {
    "delete a TSIG": (world) => changed(world, "namesake", null),
    "rename a TSIG": (world) => changed(world, "given", { name: "renamed.example." }),
    "change a secret": (world) => changed(world, "generated", { secret: CONSOLE_SECRET }),
  },
  check(world) {
    const said = savedOf(world, tsigs).map(({ tsigId: id, accountId, name, algo, secret }) => ({
      id,
      accountId,
      name,
      algo,
      secret,
    }));
    expect(byId(Object.values(world.server.tsigs))).toEqual(byId(said));
  },
};

function changed(world: World, slot: string, to: object | null): object | undefined {
  const id = outputsOf(world, slot)?.tsigId;
  return typeof id === "string" && id in world.server.tsigs ? { tsigs: { [id]: to } } : undefined;
}
