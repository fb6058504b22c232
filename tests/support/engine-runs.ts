import { Agent } from "undici";
import type { Progress } from "../../provider/core/progress";
import type { RetryPolicy } from "../../provider/http/retry-policy";
import { createTransport, type Transport, type TransportOptions } from "../../provider/http/transport";
import { createRuntime } from "../../provider/runtime/create-runtime";
import { type Bag, Managed, type Saved } from "./handlers";

export type Runtime = ReturnType<typeof createRuntime>;
export type Kind = keyof Runtime;

/** As patient as by default, in a hundredth of the time and less. */
export const HASTY: RetryPolicy = {
  unsent: 200,
  unsure: 30,
  limited: 3_000,
  garbled: 15,
  firstPause: 1,
  longestPause: 5,
};

export const SILENT: Progress = { say() {} };

/** One pool of connections for all runs of a test file. */
const dispatcher = new Agent();
afterAll(() => dispatcher.destroy());

export const hastyTransport = (options: TransportOptions = {}): Transport =>
  createTransport({ dispatcher, timeout: 5_000, retryPolicy: HASTY, progress: SILENT, ...options });

/** The resources as a process of their own has them: it remembers nothing of an earlier one. */
export const freshRuntime = (options: TransportOptions = {}): Runtime =>
  createRuntime(hastyTransport(options));

/**
 * A transport whose process is killed when it has sent so many calls: the server has them all, nobody
 * has the answers. `dead` ends when the server is done with what was under way.
 */
export function killedAfter(calls: number, transport: Transport) {
  let sent = 0;
  let underWay = 0;
  let die = () => {};
  const dead = new Promise<void>((resolve) => {
    die = resolve;
  });
  const never = new Promise<never>(() => {});
  const killed: Transport = {
    ...transport,
    async send(request) {
      if (sent >= calls) return never;
      sent += 1;
      underWay += 1;
      const [exchange] = await Promise.allSettled([transport.send(request)]);
      underWay -= 1;
      if (sent >= calls) {
        if (underWay === 0) die();
        return never;
      }
      if (exchange.status === "rejected") throw exchange.reason;
      return exchange.value;
    },
  };
  return { killed, dead };
}

/** One resource of a program. */
export interface Wanted {
  readonly kind: Kind;
  readonly inputs: Bag;
  /** More of them, which come from the outputs of the resources before it. */
  readonly from?: (outputsOf: (name: string) => Bag) => Bag;
}

export type Program = ReadonlyMap<string, Wanted>;

interface InState {
  readonly kind: Kind;
  readonly saved: Saved;
  /** Whether it was made from the outputs of others, and goes before them. */
  readonly isDependent: boolean;
}

type Errors = Map<string, unknown>;

export interface UpOptions {
  readonly refresh?: boolean;
  /** As with `up --replace`. */
  readonly replace?: readonly string[];
}

/**
 * A stack: its state outlives the runs, and nothing else does. As in the engine, resources are asked about one after
 * the other and then worked on all at once; old entries go at the end of a run in which nothing failed.
 */
export class ModelStack {
  readonly state = new Map<string, InState>();
  /** Old entries of resources that were replaced, as long as no run has deleted them. */
  readonly condemned: InState[] = [];

  constructor(
    private readonly config: Readonly<Record<string, string>>,
    readonly name = "stack",
  ) {}

  /** Brings every resource to what the program wants; gives the errors by name. */
  async up(
    program: Program,
    runtime: Runtime,
    { refresh = false, replace = [] }: UpOptions = {},
  ): Promise<ReadonlyMap<string, unknown>> {
    await this.#begin(runtime);
    const errors: Errors = refresh ? await this.#lookAtAll(runtime) : new Map();
    const steps: Promise<void>[] = [];
    for (const [name, wanted] of program) {
      const { kind, from } = wanted;
      if (from) await Promise.all(steps);
      const resource = this.#resource(name, kind, runtime);
      const plan = await this.#guarded(errors, name, () =>
        resource.plan(this.#inputsOf(wanted), replace.includes(name)),
      );
      if (plan === undefined) continue;
      const isDependent = from !== undefined;
      const step = this.#guarded(errors, name, () => resource.carryOut(plan)).then(() => {
        const { saved } = resource;
        if (saved) this.state.set(name, { kind, saved, isDependent });
        if (plan.kind === "replace" && saved !== plan.old)
          this.condemned.push({ kind, saved: plan.old, isDependent });
      });
      steps.push(step);
    }
    await Promise.all(steps);
    if (errors.size === 0) await this.#removeAll((name) => !program.has(name), runtime, errors);
    return errors;
  }

  async refresh(runtime: Runtime): Promise<ReadonlyMap<string, unknown>> {
    await this.#begin(runtime);
    return this.#lookAtAll(runtime);
  }

  async destroy(
    runtime: Runtime,
    { refresh = false }: UpOptions = {},
  ): Promise<ReadonlyMap<string, unknown>> {
    await this.#begin(runtime);
    const errors: Errors = refresh ? await this.#lookAtAll(runtime) : new Map();
    await this.#removeAll(() => true, runtime, errors);
    return errors;
  }

  /** Begins a run that deletes, one resource at a call. */
  async removing(runtime: Runtime): Promise<(name: string) => Promise<void>> {
    await this.#begin(runtime);
    return async (name) => {
      const entry = this.state.get(name);
      if (entry === undefined) throw new Error(`${name} is not in state`);
      await this.#resource(name, entry.kind, runtime).remove();
      this.state.delete(name);
    };
  }

  /** The names of the inputs that a preview would show as changed, by resource. */
  async preview(program: Program, runtime: Runtime): Promise<Record<string, string[]>> {
    await this.#begin(runtime);
    const changes: Record<string, string[]> = {};
    for (const [name, wanted] of program) {
      const resource = this.#resource(name, wanted.kind, runtime);
      changes[name] = await resource.differences(this.#inputsOf(wanted));
    }
    return changes;
  }

  outputsOf(name: string): Bag {
    const entry = this.state.get(name);
    if (entry === undefined) throw new Error(`${name} is not in state`);
    return entry.saved.outputs;
  }

  #inputsOf({ inputs, from }: Wanted): Bag {
    return { ...inputs, ...from?.((name) => this.outputsOf(name)) };
  }

  async #begin(runtime: Runtime): Promise<void> {
    for (const provider of Object.values(runtime)) await new Managed(provider, this.config).begin();
  }

  async #lookAtAll(runtime: Runtime): Promise<Errors> {
    const errors: Errors = new Map();
    await Promise.all(
      [...this.state].map(async ([name, entry]) => {
        const resource = this.#resource(name, entry.kind, runtime);
        await this.#guarded(errors, name, () => resource.look());
        if (resource.saved) this.state.set(name, { ...entry, saved: resource.saved });
        else this.state.delete(name);
      }),
    );
    return errors;
  }

  /** What was replaced, and what the program has no more. */
  async #removeAll(isLeaving: (name: string) => boolean, runtime: Runtime, errors: Errors): Promise<void> {
    const leaving = [...this.state].filter(([name]) => isLeaving(name));
    const entries = [
      ...leaving.map(([name, entry]) => ({ name, entry, forget: () => void this.state.delete(name) })),
      ...this.condemned.map((entry, index) => ({
        name: `condemned ${index}`,
        entry,
        forget: () => void this.condemned.splice(this.condemned.indexOf(entry), 1),
      })),
    ];
    for (const dependent of [true, false]) {
      await Promise.all(
        entries
          .filter(({ entry }) => entry.isDependent === dependent)
          .map(({ name, entry, forget }) =>
            this.#guarded(errors, name, async () => {
              const resource = this.#resource(name, entry.kind, runtime);
              resource.saved = entry.saved;
              await resource.remove();
              forget();
            }),
          ),
      );
      if (errors.size > 0) return;
    }
  }

  #resource(name: string, kind: Kind, runtime: Runtime): Managed {
    const urn = `urn:pulumi:${this.name}::test::${kind}::${name}`;
    const resource = new Managed(runtime[kind], this.config, urn);
    resource.saved = this.state.get(name)?.saved;
    return resource;
  }

  async #guarded<Result>(
    errors: Errors,
    name: string,
    act: () => Result | Promise<Result>,
  ): Promise<Result | undefined> {
    try {
      return await act();
    } catch (error) {
      errors.set(name, error);
      return undefined;
    }
  }
}
