import { inspect } from "node:util";
import fc from "fast-check";
import { isSecondaryDnsError } from "../../provider/core/errors";
import { createRuntime } from "../../provider/runtime/create-runtime";
import type { FaultRule, State } from "../../simulator";
import type { Control } from "./control";
import {
  freshRuntime,
  hastyTransport,
  killedAfter,
  ModelStack,
  type Program,
  type Wanted,
} from "./engine-runs";
import { type Bag, simulatorConfig } from "./handlers";

type Fault = FaultRule["fault"];

/** What a program wants of each slot; a slot that is left out is not in the program. */
export interface Wish {
  readonly generated?: Bag | undefined;
  readonly namesake?: Bag | undefined;
  readonly given?: Bag | undefined;
  readonly dnssec?: Bag | undefined;
  readonly auto?: Bag | undefined;
}
type Slot = keyof Wish;
const TSIGS: readonly Slot[] = ["generated", "namesake", "given"];

export type Step =
  | { readonly kind: "up"; readonly wish: Wish; readonly faults: readonly Partial<FaultRule>[] }
  /** The process dies when it has sent so many calls, and the last answer with it. */
  | { readonly kind: "killed up"; readonly wish: Wish; readonly calls: number }
  | { readonly kind: "refresh" | "destroy"; readonly faults: readonly Partial<FaultRule>[] }
  /** Somebody changes things in the consoles; then the program is brought up after a refresh. */
  | {
      readonly kind: "drift";
      readonly changes: readonly Change[];
      readonly faults: readonly Partial<FaultRule>[];
    };

type Change = "delete" | "rename" | "secret" | "flags" | "status" | "enrolment";

const SECRETS = [11, 12, 13].map((byte) => Buffer.alloc(64, byte).toString("base64"));
const CONSOLE_SECRET = Buffer.alloc(64, 99).toString("base64");

const name = fc.constantFrom("a.example.", "b.example.");
const algo = fc.constantFrom("hmac-sha512.", "hmac-sha256.");
const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined, freq: 4 });
const onDelete = fc.constantFrom("restore", "restore", "retain");

const wish: fc.Arbitrary<Wish> = fc.record({
  generated: maybe(fc.record({ name, algo })),
  namesake: maybe(fc.record({ name, algo })),
  given: maybe(fc.record({ name, algo, secret: fc.constantFrom(...SECRETS) })),
  dnssec: maybe(
    fc.record({
      status: fc.constantFrom("active", "disabled"),
      dnssecUseNsec3: fc.boolean(),
      dnssecMultiSigner: fc.boolean(),
      onDelete,
    }),
  ),
  auto: maybe(fc.record({ action: fc.constantFrom("include", "exclude"), onDelete })),
});

const fault: fc.Arbitrary<Fault> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom<Fault>({ kind: "lost-answer" }, { kind: "truncated" }) },
  fc.constant<Fault>({ kind: "reset" }),
  fc.constantFrom(500, 502).map((status): Fault => ({ kind: "status", status })),
  fc.constantFrom(200, 404, 502).map((status): Fault => ({ kind: "html", status })),
  fc.integer({ min: 1, max: 20 }).map((milliseconds): Fault => ({ kind: "delay", milliseconds })),
  fc
    .constantFrom(0, 0, 0, 0, 0, 0, 0, 1)
    .map((retryAfterSeconds): Fault => ({ kind: "rate-limited", retryAfterSeconds })),
);

const faults: fc.Arbitrary<readonly Partial<FaultRule>[]> = fc.array(
  fc.record(
    {
      method: fc.constantFrom("GET", "POST", "PUT", "PATCH", "DELETE"),
      // null: until somebody clears it, so longer than patience lasts.
      count: fc.constantFrom(1, 1, 2, 3, null),
      after: fc.constantFrom(0, 0, 1, 2, 4),
      fault,
    },
    { requiredKeys: ["count", "after", "fault"] },
  ),
  { minLength: 1, maxLength: 3 },
);

const changes = fc.subarray<Change>(["delete", "rename", "secret", "flags", "status", "enrolment"], {
  minLength: 1,
});

export const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof<fc.Arbitrary<Step>[]>(
    fc.record({ kind: fc.constant("up" as const), wish, faults }),
    fc.record({ kind: fc.constant("up" as const), wish, faults }),
    fc.record({ kind: fc.constant("up" as const), wish, faults }),
    fc.record({ kind: fc.constant("killed up" as const), wish, calls: fc.integer({ min: 1, max: 12 }) }),
    fc.record({ kind: fc.constant("refresh" as const), faults }),
    fc.record({ kind: fc.constant("destroy" as const), faults }),
    fc.record({ kind: fc.constant("drift" as const), changes, faults }),
  ),
  { minLength: 1, maxLength: 5 },
);

/** Somebody who runs the engine, sees it fail, runs it again, and reads what the errors advise. */
export class User {
  readonly stack: ModelStack;
  #wish: Wish = {};
  /** The zone and the domain before the program had them. */
  #before: Partial<Record<"dnssec" | "auto", unknown>> = {};
  readonly failures = { runs: 0, adopted: 0, killed: 0 };

  constructor(private readonly control: Control) {
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
    const before = new Map(this.stack.state);
    await this.#retried([], (runtime) => this.stack.refresh(runtime));
    expect([...this.stack.state.keys()]).toEqual([...before.keys()]);
    const preview = await this.stack.preview(this.#program(), freshRuntime());
    expect(Object.values(preview).flat()).toEqual([]);
    await this.#check();
  }

  /** With faults first; as long as something fails, once more without. */
  async #up(faults: readonly Partial<FaultRule>[]): Promise<void> {
    await this.#remember();
    const failed = await this.#run(faults, (runtime) => this.stack.up(this.#program(), runtime));
    if (failed.size === 0) return;
    const again = await this.#run([], (runtime) => this.stack.up(this.#program(), runtime));
    if (again.size === 0) return;
    this.#adopt(again);
    const third = await this.#run([], (runtime) => this.stack.up(this.#program(), runtime));
    expect([...third]).toEqual([]);
  }

  async #retried(faults: readonly Partial<FaultRule>[], run: Run): Promise<void> {
    const failed = await this.#run(faults, run);
    if (failed.size > 0) expect([...(await this.#run([], run))]).toEqual([]);
  }

  async #run(faults: readonly Partial<FaultRule>[], run: Run): Promise<ReadonlyMap<string, unknown>> {
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
    if (!this.stack.state.has("dnssec")) delete this.#before.dnssec;
    if (!this.stack.state.has("auto")) delete this.#before.auto;
  }

  /** A given secret has no mark of its owner, so the user has to say whose the left-over is. */
  #adopt(failed: ReadonlyMap<string, unknown>): void {
    expect([...failed.keys()]).toEqual(["given"]);
    const error = failed.get("given");
    if (!(error instanceof Error)) throw error;
    expect(error.message).toContain("set adopt to true to take it over");
    this.failures.adopted += 1;
    this.#wish = { ...this.#wish, given: { ...this.#wish.given, adopt: true } };
  }

  #program(): Program {
    const { accountId, zones, domains } = this.control.simulator;
    const tsig = (slot: Slot, inputs: Bag): [string, Wanted] => [
      slot,
      { kind: "tsig", inputs: { accountId, ...inputs, __owner: `project/stack/${slot}` } },
    ];
    const { generated, namesake, given, dnssec, auto } = this.#wish;
    return new Map([
      ...(generated ? [tsig("generated", generated)] : []),
      ...(namesake ? [tsig("namesake", namesake)] : []),
      ...(given ? [tsig("given", given)] : []),
      ...(dnssec
        ? [["dnssec", { kind: "zoneDnssec", inputs: { zoneId: zones[0]?.id, ...dnssec } }] as const]
        : []),
      ...(auto
        ? [["auto", { kind: "hostupDnssecAuto", inputs: { domainName: domains[0]?.name, ...auto } }] as const]
        : []),
    ]);
  }

  async #drift(changes: readonly Change[]): Promise<void> {
    for (const change of changes) {
      const state = await this.control.state();
      const { zone, domain } = this.#objects(state);
      const tsigOf = (slot: Slot) => this.#idOf(slot)?.split("/")[1];
      const tsig = (slot: Slot, to: object | null) => {
        const id = tsigOf(slot);
        return id !== undefined && id in state.tsigs
          ? this.control.patch({ tsigs: { [id]: to } })
          : undefined;
      };
      switch (change) {
        case "delete":
          await tsig("namesake", null);
          break;
        case "rename":
          await tsig("given", { name: "renamed.example." });
          break;
        case "secret":
          await tsig("generated", { secret: CONSOLE_SECRET });
          break;
        case "flags":
          if (this.stack.state.has("dnssec"))
            await this.control.patch({
              zones: { [zone.id]: { dnssec: { dnssec_use_nsec3: !zone.dnssec.dnssec_use_nsec3 } } },
            });
          break;
        case "status": {
          const status = zone.dnssec.status === "disabled" ? "pending" : "disabled";
          if (this.stack.state.has("dnssec"))
            await this.control.patch({ zones: { [zone.id]: { dnssec: { status } } } });
          break;
        }
        case "enrolment": {
          const status = domain.dnssecAuto.status === "excluded" ? "active" : "excluded";
          if (this.stack.state.has("auto"))
            await this.control.patch({ domains: { [domain.id]: { dnssecAuto: { status } } } });
          break;
        }
      }
    }
  }

  /** What a resource that is about to be made will find. */
  async #remember(): Promise<void> {
    const { zone, domain } = this.#objects(await this.control.state());
    if (!this.stack.state.has("dnssec")) this.#before.dnssec = dnssecOf(zone);
    if (!this.stack.state.has("auto")) this.#before.auto = enrolmentOf(domain);
  }

  async #readErrors(failed: ReadonlyMap<string, unknown>): Promise<void> {
    const { tsigs } = await this.control.state();
    const { cloudflareToken, hostupToken } = this.control.simulator;
    const secrets = [
      ...Object.values(tsigs).map(({ secret }) => secret),
      ...SECRETS,
      cloudflareToken,
      hostupToken,
    ];
    for (const [slot, error] of failed) {
      if (!isSecondaryDnsError(error)) throw new Error(`${slot} failed with ${inspect(error)}`);
      const text = error.message + ("data" in error ? inspect(error.data, { depth: null }) : "");
      if (secrets.some((secret) => text.includes(secret))) throw new Error(`${slot} tells a secret: ${text}`);
    }
  }

  /** Exactly the wanted objects, none twice, none lost, and the state as the server has them. */
  async #check(): Promise<void> {
    const state = await this.control.state();
    const program = this.#program();
    expect([...this.stack.state.keys()].sort()).toEqual([...program.keys()].sort());

    const ours = TSIGS.flatMap((slot) => {
      const outputs = this.stack.state.get(slot)?.saved.outputs;
      return outputs ? [outputs] : [];
    });
    const said = ours.map(({ tsigId, accountId, name, algo, secret }) => ({
      id: tsigId,
      accountId,
      name,
      algo,
      secret,
    }));
    expect(byId(Object.values(state.tsigs))).toEqual(byId(said));
    for (const [slot, { kind, inputs }] of program) {
      const { name, algo, secret, status, dnssecUseNsec3, dnssecMultiSigner, action } = inputs;
      const outputs = this.stack.state.get(slot)?.saved.outputs;
      if (kind === "tsig") expect(outputs).toMatchObject({ name, algo, ...(secret ? { secret } : {}) });
      if (kind === "zoneDnssec") expect(outputs).toMatchObject({ status, dnssecUseNsec3, dnssecMultiSigner });
      if (kind === "hostupDnssecAuto") expect(outputs).toMatchObject({ action });
    }

    const { zone, domain } = this.#objects(state);
    const dnssec = this.stack.state.get("dnssec")?.saved.outputs;
    if (dnssec) {
      expect({
        observedStatus: zone.dnssec.status,
        dnssecUseNsec3: zone.dnssec.dnssec_use_nsec3,
        dnssecMultiSigner: zone.dnssec.dnssec_multi_signer,
      }).toEqual({
        observedStatus: dnssec.observedStatus,
        dnssecUseNsec3: dnssec.dnssecUseNsec3,
        dnssecMultiSigner: dnssec.dnssecMultiSigner,
      });
    }
    const auto = this.stack.state.get("auto")?.saved.outputs;
    if (auto) expect(enrolmentOf(domain)).toBe(auto.action);
    this.#checkRestored(state);
  }

  #lastOnDelete: { dnssec?: unknown; auto?: unknown } = {};
  #checkRestored(state: State): void {
    const { zone, domain } = this.#objects(state);
    if (!this.#wish.dnssec && this.#lastOnDelete.dnssec === "restore")
      expect(dnssecOf(zone)).toEqual(this.#before.dnssec);
    if (!this.#wish.auto && this.#lastOnDelete.auto === "restore")
      expect(enrolmentOf(domain)).toEqual(this.#before.auto);
    this.#lastOnDelete = { dnssec: this.#wish.dnssec?.onDelete, auto: this.#wish.auto?.onDelete };
  }

  #idOf(slot: Slot): string | undefined {
    return this.stack.state.get(slot)?.saved.id;
  }

  #objects({ zones, domains }: State) {
    const { simulator } = this.control;
    const zone = zones[simulator.zones[0]?.id ?? ""];
    const domain = domains[simulator.domains[0]?.id ?? ""];
    if (!zone || !domain) throw new Error("the simulator starts with a zone and a domain");
    return { zone, domain };
  }
}

type Run = (runtime: ReturnType<typeof freshRuntime>) => Promise<ReadonlyMap<string, unknown>>;

function dnssecOf({ dnssec }: State["zones"][string]) {
  const { status, dnssec_use_nsec3, dnssec_multi_signer, modified_on } = dnssec;
  const asked = status === "pending" || status === "active" ? "active" : "disabled";
  return {
    asked,
    dnssec_use_nsec3,
    dnssec_multi_signer,
    deleted: asked === "disabled" && modified_on === null,
  };
}

const enrolmentOf = ({ dnssecAuto }: State["domains"][string]) =>
  dnssecAuto.status === "excluded" ? "exclude" : "include";

const byId = <Item extends { readonly id: unknown }>(items: readonly Item[]) =>
  [...items].sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1));
