import { inspect } from "node:util";
import { isSecondaryDnsError } from "../../../provider/core/errors";
import { createRuntime } from "../../../provider/runtime/create-runtime";
import type { Control } from "../control";
import {
  freshRuntime,
  hastyTransport,
  killedAfter,
  ModelStack,
  type Program,
  type Wanted,
} from "../engine-runs";
import { simulatorConfig } from "../handlers";
import { foreignDs } from "./ds-records";
import { foreignPeers } from "./peers";
import { type Faults, type Step, SUBJECTS } from "./steps";
import type { Subject, Wish, World } from "./subject";
import { SECRETS } from "./tsigs";

type Failures = ReadonlyMap<string, unknown>;
type Run = (runtime: ReturnType<typeof freshRuntime>) => Promise<Failures>;

/** Somebody who runs the engine, sees it fail, runs it again, and reads what the errors advise. */
export class User {
  readonly stack: ModelStack;
  readonly failures = { runs: 0, adopted: 0, killed: 0 };
  #wish: Wish = {};
  /** What stood there before the program had it, of what destroy puts back. */
  readonly #before = new Map<string, unknown>();
  /** Of what was in the program, how it was to be destroyed. */
  #onDelete = new Map<string, unknown>();

  static async at(control: Control): Promise<User> {
    await control.patch(foreignPeers(control.simulator.accountId));
    await control.patch(foreignDs(control.simulator));
    return new User(control);
  }

  private constructor(private readonly control: Control) {
    this.stack = new ModelStack(simulatorConfig(control.simulator));
  }

  async do(step: Step): Promise<void> {
    switch (step.kind) {
      case "up":
        this.#wish = step.wish;
        await this.#up(step.faults);
        break;
      case "killed up":
        this.#wish = step.wish;
        await this.#killedUp(step.calls);
        await this.#up([]);
        break;
      case "refresh":
        await this.#run(step.faults, (runtime) => this.stack.refresh(runtime));
        await this.#up([]);
        break;
      case "destroy":
        this.#wish = {};
        await this.#retried(step.faults, (runtime) => this.stack.destroy(runtime));
        break;
      case "drift":
        await this.#drift(step.changes);
        await this.#retried(step.faults, (runtime) => this.stack.refresh(runtime));
        await this.#up(step.faults);
        break;
    }
    await this.#check();
  }

  /** What a refresh shows when nobody but the program changed anything: nothing. */
  async end(): Promise<void> {
    const before = [...this.stack.state.keys()];
    await this.#retried([], (runtime) => this.stack.refresh(runtime));
    expect([...this.stack.state.keys()]).toEqual(before);
    const preview = await this.stack.preview(this.#program(), freshRuntime());
    expect(Object.values(preview).flat()).toEqual([]);
    await this.#check();
  }

  /** With faults first; as long as something fails, once more without. */
  async #up(faults: Faults): Promise<void> {
    await this.#remember();
    const up: Run = (runtime) => this.stack.up(this.#program(), runtime);
    const failed = await this.#run(faults, up);
    if (failed.size === 0) return;
    const again = await this.#run([], up);
    if (again.size === 0) return;
    const wish = this.#wish;
    this.#adopt(again);
    expect([...(await this.#run([], up))]).toEqual([]);
    // As the documentation advises: it has done its work.
    this.#wish = wish;
    expect([...(await this.#run([], up))]).toEqual([]);
  }

  async #retried(faults: Faults, run: Run): Promise<void> {
    const failed = await this.#run(faults, run);
    if (failed.size > 0) expect([...(await this.#run([], run))]).toEqual([]);
  }

  async #run(faults: Faults, run: Run): Promise<Failures> {
    for (const { fault, ...rule } of faults) if (fault) await this.control.fault({ ...rule, fault });
    const failed = await run(freshRuntime());
    await this.control.clearFaults();
    if (failed.size > 0) {
      this.failures.runs += 1;
      await this.#readErrors(failed);
    }
    return failed;
  }

  async #killedUp(calls: number): Promise<void> {
    await this.#remember();
    const { killed, dead } = killedAfter(calls, hastyTransport());
    const run = this.stack.up(this.#program(), createRuntime(killed));
    const end = await Promise.race([dead.then(() => "killed" as const), run]);
    if (end !== "killed") return;
    this.failures.killed += 1;
    // What a killed create changed of them is what stands there now.
    for (const name of this.#before.keys()) if (!this.stack.state.has(name)) this.#before.delete(name);
  }

  /** Of these nobody can tell whose the left-over is, so the user has to say. */
  #adopt(failed: Failures): void {
    const unmarked = SUBJECTS.flatMap(({ unmarked = [] }) => unmarked);
    for (const [name, error] of failed) {
      expect(unmarked).toContain(name);
      expect(String(error)).toContain("set adopt to true to take it over");
      this.failures.adopted += 1;
      this.#wish = { ...this.#wish, [name]: { ...this.#wish[name], adopt: true } };
    }
  }

  #program(): Program {
    const { simulator } = this.control;
    return new Map(
      slots().flatMap(({ name, subject }): [string, Wanted][] => {
        const inputs = this.#wish[name];
        return inputs
          ? [[name, { kind: subject.kind, inputs: { ...subject.target(simulator, name), ...inputs } }]]
          : [];
      }),
    );
  }

  async #drift(names: readonly string[]): Promise<void> {
    for (const { changes } of SUBJECTS) {
      for (const name of names) {
        const change = changes[name]?.(await this.#world());
        if (change) await this.control.patch(change);
      }
    }
  }

  /** What a resource that is about to be made will find. */
  async #remember(): Promise<void> {
    const world = await this.#world();
    for (const { name, subject } of slots())
      if (subject.standing && !this.stack.state.has(name)) this.#before.set(name, subject.standing(world));
  }

  async #readErrors(failed: Failures): Promise<void> {
    const { tsigs } = await this.control.state();
    const { cloudflareToken, hostupToken } = this.control.simulator;
    const held = Object.values(tsigs).map(({ secret }) => secret);
    const secrets = [...held, ...SECRETS, cloudflareToken, hostupToken];
    for (const [name, error] of failed) {
      if (!isSecondaryDnsError(error)) throw new Error(`${name} failed with ${inspect(error)}`);
      const text = error.message + ("data" in error ? inspect(error.data, { depth: null }) : "");
      if (secrets.some((secret) => text.includes(secret))) throw new Error(`${name} tells a secret: ${text}`);
    }
  }

  async #check(): Promise<void> {
    const world = await this.#world();
    const program = this.#program();
    expect([...this.stack.state.keys()].sort()).toEqual([...program.keys()].sort());
    for (const [name, { inputs }] of program)
      expect(this.stack.state.get(name)?.saved.outputs).toMatchObject(inputs);
    for (const subject of SUBJECTS) subject.check(world);
    for (const { name, subject } of slots()) {
      if (subject.standing && this.#onDelete.get(name) === "restore" && !program.has(name))
        expect(subject.standing(world)).toEqual(this.#before.get(name));
    }
    this.#onDelete = new Map([...program].map(([name, { inputs }]) => [name, inputs.onDelete ?? "restore"]));
  }

  async #world(): Promise<World> {
    const { simulator } = this.control;
    return { simulator, stack: this.stack, server: await this.control.state() };
  }
}

function slots(): { readonly name: string; readonly subject: Subject }[] {
  return SUBJECTS.flatMap((subject) => Object.keys(subject.wishes).map((name) => ({ name, subject })));
}
