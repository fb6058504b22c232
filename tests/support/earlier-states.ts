import { readdirSync, readFileSync } from "node:fs";
import { z } from "zod";
import type { Kind } from "./engine-runs";

/** What the engine keeps of a resource. */
const resource = z.looseObject({
  urn: z.string(),
  type: z.string(),
  id: z.string().default(""),
  inputs: z.record(z.string(), z.unknown()).default({}),
  outputs: z.record(z.string(), z.unknown()).default({}),
  /** Its last create or update failed half-way. */
  initErrors: z.array(z.string()).optional(),
});
export type EarlierResource = z.output<typeof resource>;

const state = z.object({
  /** In tests/fixtures/programs. */
  program: z.string(),
  config: z.record(z.string(), z.string()),
  /** The simulator's state of that moment. */
  server: z.record(z.string(), z.unknown()),
  /** As `pulumi stack export --show-secrets` gave it. */
  deployment: z.object({
    version: z.number(),
    deployment: z.looseObject({ resources: z.array(resource) }),
  }),
});
export type EarlierState = z.output<typeof state>;

const STATES = "tests/fixtures/states";
const DYNAMIC = "pulumi-nodejs:dynamic/secondary-dns:";

/** States that the engine saved with the code of commit 15f4e2d, by name. */
export function earlierStates(): readonly { readonly name: string; readonly state: EarlierState }[] {
  return readdirSync(STATES)
    .sort()
    .map((file) => ({ name: file.replace(".json", ""), state: read(file) }));
}

function read(file: string): EarlierState {
  return state.parse(JSON.parse(readFileSync(`${STATES}/${file}`, "utf8")));
}

export function programOf({ program }: EarlierState): string {
  return readFileSync(`tests/fixtures/programs/${program}`, "utf8");
}

export interface EarlierObject extends EarlierResource {
  readonly kind: Kind;
}

/** The package's own resources in the order in which they were made, their secrets as a provider gets them. */
export function objectsOf({ deployment }: EarlierState): readonly EarlierObject[] {
  return deployment.deployment.resources
    .filter(({ type }) => type.startsWith(DYNAMIC))
    .map((each) => ({
      ...each,
      kind: kindOf(each.type),
      inputs: z.record(z.string(), z.unknown()).parse(revealed(each.inputs)),
      outputs: z.record(z.string(), z.unknown()).parse(revealed(each.outputs)),
    }));
}

const kinds: Readonly<Record<string, Kind>> = {
  HostupDnssecAuto: "hostupDnssecAuto",
  IncomingTransfer: "incomingTransfer",
  PrimaryDs: "primaryDs",
  TransferPeer: "transferPeer",
  Tsig: "tsig",
  ZoneDnssec: "zoneDnssec",
};

function kindOf(type: string): Kind {
  const kind = kinds[type.slice(DYNAMIC.length)];
  if (kind === undefined) throw new Error(`no resource has the type ${type}`);
  return kind;
}

const secret = z.object({ plaintext: z.string() });

function revealed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revealed);
  if (typeof value !== "object" || value === null) return value;
  const { success, data } = secret.safeParse(value);
  if (success) return JSON.parse(data.plaintext);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, revealed(part)]));
}
