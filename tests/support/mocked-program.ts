import * as pulumi from "@pulumi/pulumi";
import type { SecondaryZone, SecondaryZoneArgs } from "../../index";

export interface Registered {
  readonly type: string;
  readonly name: string;
  readonly inputs: Record<string, unknown>;
}

const whole = new WeakMap<Registered, Readonly<Record<string, unknown>>>();

/** The inputs with what the class adds for its other half. */
export function wholeInputsOf(registered: Registered): Readonly<Record<string, unknown>> {
  return whole.get(registered) ?? {};
}

const PREFIX = "pulumi-nodejs:dynamic/secondary-dns:";

export const ids = { accountId: "a".repeat(32), zoneId: "b".repeat(32) };

/** All but the key. */
export const zoneArgs: Omit<SecondaryZoneArgs, "tsig"> = {
  ...ids,
  zoneName: "example.com",
  dnssec: { signing: "presigned", nsec3: true },
};

/** A program without an engine, for each test of a file or group; what it registers is listed. */
export function useMocks({ preview = false } = {}): readonly Registered[] {
  const registered: Registered[] = [];
  beforeEach(async () => {
    registered.length = 0;
    const mocks: pulumi.runtime.Mocks = {
      newResource: ({ type, name, inputs, id }) => {
        const rest = Object.fromEntries(Object.entries(inputs).filter(([key]) => !key.startsWith("__")));
        const entry = { type: type.replace(PREFIX, ""), name, inputs: rest };
        whole.set(entry, inputs);
        registered.push(entry);
        const outputs = {
          ...(type === `${PREFIX}Tsig` ? { tsigId: `id of ${name}` } : {}),
          peerId: "p1",
          observedStatus: "pending",
          ds: `DS of ${name}`,
        };
        return { id: id || `${name}-id`, state: { ...outputs, ...inputs } };
      },
      call: () => ({}),
    };
    await pulumi.runtime.setMocks(mocks, undefined, undefined, preview);
  });
  // What is under way ends here, not among the next test's mocks.
  afterEach(() => pulumi.runtime.disconnect());
  return registered;
}

export function value<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => output.apply(resolve));
}

/** All that is registered but the zone itself, once it is. */
export async function childrenOf(
  zone: SecondaryZone,
  registered: readonly Registered[],
): Promise<Registered[]> {
  await value(zone.urn);
  await value(zone.dnssecStatus);
  await value(zone.registrarStatus);
  await value(zone.ds);
  return registered.filter(({ type }) => type !== "secondary-dns:index:SecondaryZone");
}
