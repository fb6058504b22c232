import { Agent } from "undici";
import type { Patience } from "../../provider/core/patience";
import type { Progress } from "../../provider/core/progress";
import { createTransport, type Transport, type TransportOptions } from "../../provider/core/transport";
import { createRuntime } from "../../provider/runtime/create-runtime";
import { type Bag, Managed, type Saved } from "./handlers";

export type Runtime = ReturnType<typeof createRuntime>;
export type Kind = keyof Runtime;

/** As patient as by default, in a hundredth of the time and less. */
export const HASTY: Patience = {
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
  createTransport({ dispatcher, timeout: 5_000, patience: HASTY, progress: SILENT, ...options });

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
}

export type Program = ReadonlyMap<string, Wanted>;

interface InState {
  readonly kind: Kind;
  readonly saved: Saved;
}

/** A stack: its state outlives the runs, and nothing else does. Each run does all resources at once. */
export class ModelStack {
  readonly state = new Map<string, InState>();

  constructor(private readonly config: Readonly<Record<string, string>>) {}

  /** Brings every resource to what the program wants; gives the errors by name. */
  up(program: Program, runtime: Runtime): Promise<ReadonlyMap<string, unknown>> {
    const leaving = [...this.state.keys()].filter((name) => !program.has(name));
    return this.#all(
      [...program.keys(), ...leaving],
      runtime,
      async (resource, name) => {
        const wanted = program.get(name);
        await (wanted ? resource.up(wanted.inputs) : resource.destroy());
      },
      program,
    );
  }

  refresh(runtime: Runtime): Promise<ReadonlyMap<string, unknown>> {
    return this.#all([...this.state.keys()], runtime, (resource) => resource.refresh());
  }

  destroy(runtime: Runtime): Promise<ReadonlyMap<string, unknown>> {
    return this.#all([...this.state.keys()], runtime, (resource) => resource.destroy());
  }

  /** The names of the inputs that a preview would show as changed, by resource. */
  async preview(program: Program, runtime: Runtime): Promise<Record<string, string[]>> {
    const changes: Record<string, string[]> = {};
    for (const [name, { inputs }] of program) {
      changes[name] = await this.#resource(name, runtime, program).preview(inputs);
    }
    return changes;
  }

  async #all(
    names: readonly string[],
    runtime: Runtime,
    act: (resource: Managed, name: string) => Promise<unknown>,
    program?: Program,
  ): Promise<ReadonlyMap<string, unknown>> {
    const errors = new Map<string, unknown>();
    await Promise.all(
      names.map(async (name) => {
        const resource = this.#resource(name, runtime, program);
        try {
          await act(resource, name);
        } catch (error) {
          errors.set(name, error);
        } finally {
          this.#save(name, program?.get(name)?.kind ?? this.#kindOf(name), resource.saved);
        }
      }),
    );
    return errors;
  }

  #resource(name: string, runtime: Runtime, program?: Program): Managed {
    const kind = program?.get(name)?.kind ?? this.#kindOf(name);
    const resource = new Managed(runtime[kind], this.config);
    resource.saved = this.state.get(name)?.saved;
    return resource;
  }

  #kindOf(name: string): Kind {
    const kind = this.state.get(name)?.kind;
    if (kind === undefined) throw new Error(`${name} is neither in the program nor in state`);
    return kind;
  }

  #save(name: string, kind: Kind, saved: Saved | undefined): void {
    if (saved) this.state.set(name, { kind, saved });
    else this.state.delete(name);
  }
}
