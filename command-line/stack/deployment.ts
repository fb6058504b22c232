import { z } from "zod";
import { parseJson } from "./parse-json";
import { StackError } from "./stack-error";

const properties = z.record(z.string(), z.unknown()).nullish();
const resource = z.object({
  urn: z.string(),
  type: z.string(),
  id: z.string().nullish(),
  parent: z.string().nullish(),
  /** Replaced, and about to go. */
  delete: z.boolean().nullish(),
  inputs: properties,
  outputs: properties,
});

/** What `pulumi stack export` writes, as far as it is read here. One that was never updated has no resources. */
const exported = z.object({
  deployment: z.object({ resources: z.array(resource).nullish() }).nullish(),
});

/** A resource in the state, its secrets revealed where the export revealed them. */
export interface SavedResource {
  readonly urn: string;
  readonly type: string;
  readonly id: string | undefined;
  readonly parent: string | undefined;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
}

export function parseDeployment(state: unknown): readonly SavedResource[] {
  const parsed = exported.safeParse(state);
  if (!parsed.success)
    throw new StackError(
      "other",
      `What "pulumi stack export" gives is no state that is known here: ${z.prettifyError(parsed.error)}`,
    );
  return (parsed.data.deployment?.resources ?? []).flatMap(({ inputs, outputs, ...rest }) =>
    rest.delete
      ? []
      : [
          {
            ...rest,
            id: rest.id ?? undefined,
            parent: rest.parent ?? undefined,
            inputs: revealed(inputs ?? {}),
            outputs: revealed(outputs ?? {}),
          },
        ],
  );
}

/** https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/sig/sig.go */
const secret = z.object({
  "4dabf18193072939515e22adb298388d": z.literal("1b47061264138c4ac30d75fd1eb44270"),
  plaintext: z.string(),
});

function revealed(values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, reveal(value)]));
}

/** A secret is saved as JSON in an object with a mark; one that is still encrypted is left as it is. */
function reveal(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reveal);
  if (typeof value !== "object" || value === null) return value;
  const parsed = secret.safeParse(value);
  if (parsed.success) return reveal(parseJson(parsed.data.plaintext)?.value);
  return revealed({ ...value });
}
