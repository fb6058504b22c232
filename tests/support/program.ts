import * as pulumi from "@pulumi/pulumi";

export interface Registered {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** Runs a piece of program against a mock of the engine; gives what it registers. */
export async function registered(program: () => void): Promise<Registered[]> {
  const seen: Registered[] = [];
  await pulumi.runtime.setMocks({
    newResource({ type, name, inputs, id }) {
      seen.push({ type, name, inputs });
      return { id: id ?? `${name}-id`, state: inputs };
    },
    call: ({ inputs }) => inputs,
  });
  program();
  // Waits until every registration has been answered.
  await pulumi.runtime.disconnect();
  return seen;
}
