import { z } from "zod";
import { absoluteName } from "../../provider/dns/domain-name";
import type { SavedResource } from "./deployment";

const DYNAMIC = "pulumi-nodejs:dynamic/secondary-dns:";
const COMPONENT = "secondary-dns:index:SecondaryZone";

const name = z.string();
/** The three forms of a zone's `tsig`, as its saved inputs have them. */
const tsigChoice = z.union([
  z
    .object({ existing: z.string(), also: z.array(z.string()).nullish() })
    .transform(({ existing, also }) => ({ form: "shared" as const, ids: [existing, ...(also ?? [])] })),
  z.object({ keys: z.array(z.object({ name })), active: name }).transform(({ keys, active }) => ({
    form: "own" as const,
    names: [active, ...keys.map((key) => key.name)],
  })),
  z.object({ name }).transform((key) => ({ form: "own" as const, names: [key.name] })),
]);

const component = z.object({
  accountId: z.string(),
  zoneId: z.string(),
  zoneName: z.string(),
  profile: z.string().nullish(),
  dnssec: z.object({
    signing: z.enum(["presigned", "live", "multi-signer", "off"]),
    nsec3: z.boolean().nullish(),
    primaryPolicy: z.string().nullish(),
  }),
  tsig: tsigChoice,
});

/** A `SecondaryZone` as the last `up` that got as far as it left it, whether or not that ended well. */
export interface SavedZone extends z.output<typeof component> {
  /** What its program says of where Cloudflare transfers from, if anything. */
  readonly cloudflareAddresses: unknown;
  /** The output `primaryConfig`, which earlier releases saved in place of that. */
  readonly lastConfig: unknown;
  /** By the end of their type's token. */
  children(kind: ChildKind): readonly SavedResource[];
}
export type ChildKind = "Tsig" | "TransferPeer" | "IncomingTransfer" | "ZoneDnssec" | "HostupDnssecAuto";

export interface SavedZones {
  readonly zones: readonly SavedZone[];
  /** The names of components whose inputs are of another release, or have values that were not known. */
  readonly unreadable: readonly string[];
}

export function savedZones(resources: readonly SavedResource[]): SavedZones {
  const components = resources.filter(({ type }) => type === COMPONENT);
  const read = components.map(({ urn, inputs, outputs }) => ({
    urn,
    outputs: { cloudflareAddresses: outputs.cloudflareAddresses, lastConfig: outputs.primaryConfig },
    parsed: component.safeParse(inputs),
  }));
  return {
    zones: read.flatMap(({ urn, outputs, parsed }) =>
      parsed.success
        ? [{ ...parsed.data, ...outputs, children: (kind: ChildKind) => childrenOf(resources, urn, kind) }]
        : [],
    ),
    unreadable: read.flatMap(({ urn, parsed }) => (parsed.success ? [] : [nameOf(urn)])),
  };
}

function childrenOf(resources: readonly SavedResource[], urn: string, kind: ChildKind) {
  return resources.filter(({ type, parent }) => parent === urn && type === `${DYNAMIC}${kind}`);
}

/** The keys of a zone in the order of its program, the active one first; those that are not made yet are left out. */
export function keysOf(zone: SavedZone, resources: readonly SavedResource[]): readonly SavedResource[] {
  const { tsig } = zone;
  if (tsig.form === "shared") {
    const all = resources.filter(({ type }) => type === `${DYNAMIC}Tsig`);
    return unique(tsig.ids.flatMap((wanted) => all.find(({ id }) => id === wanted) ?? []));
  }
  const own = zone.children("Tsig");
  const named = tsig.names.flatMap((wanted) => own.find((each) => isCalled(each, wanted)) ?? []);
  // By `transform.tsig` a key may be called otherwise than the program's list has it.
  return unique([...named, ...(named.length === 0 ? own : [])]);
}

function isCalled({ outputs }: SavedResource, wanted: string): boolean {
  return typeof outputs.name === "string" && absoluteName(outputs.name) === absoluteName(wanted);
}

function unique(resources: readonly SavedResource[]): readonly SavedResource[] {
  return [...new Set(resources)];
}

function nameOf(urn: string): string {
  return urn.split("::").at(-1) ?? urn;
}
