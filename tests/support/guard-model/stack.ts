import { isSecondaryDnsError, RefusedError } from "../../../provider/core/errors";
import { freshRuntime } from "../engine-runs";
import { Managed } from "../handlers";
import { inputsOf, type Place, type Program, RESOURCES, type ResourceName, resourcesOf } from "./program";
import type { Writes } from "./writes";

/** How a run of the engine ended. */
export interface Run {
  readonly outcome: "done" | "nothing to do" | "refused" | "failed";
  readonly resource?: ResourceName;
  readonly message?: string;
  /** Whether it has changed something at Cloudflare or at HostUp. */
  readonly hasWritten: boolean;
}

const RISKY_FIRST: readonly ResourceName[] = ["zoneDnssec", "hostupDsSet", ...RESOURCES];

/** The resources of one zone in the state of a stack. */
export class ZoneStack {
  readonly #saved = new Map<ResourceName, Managed["saved"]>();
  /** What each was made after, by the last run that got to it. */
  readonly #after = new Map<ResourceName, readonly ResourceName[]>();

  constructor(
    private readonly config: Readonly<Record<string, string>>,
    private readonly place: Place,
    private readonly writes: Writes,
  ) {}

  has(resource: ResourceName): boolean {
    return this.#saved.has(resource);
  }

  /** Whether the zone is to be transferred from another server than it is. */
  isMoving({ server }: Program): boolean {
    const peer = this.#saved.get("transferPeer");
    return peer !== undefined && peer.inputs.port !== this.place.ports[server];
  }

  /** One after the other, as each needs the one before: one that fails stops the rest. */
  async up(program: Program): Promise<Run> {
    const resources = await this.#begin();
    const condemned: (() => Promise<void>)[] = [];
    let isChanged = false;
    const wanted = resourcesOf(program);
    const names = wanted.map(({ name }) => name);
    const run = await this.#each(names, resources, async (name, resource) => {
      const outputs = (of: ResourceName) => resources[of].state.outputs;
      this.#after.set(name, wanted.find((placed) => placed.name === name)?.after ?? []);
      const plan = await resource.plan(inputsOf(name, program, this.place, outputs));
      await resource.carryOut(plan);
      isChanged ||= plan.kind !== "same";
      if (plan.kind !== "replace") return;
      const old = new Managed(this.#runtime[name], this.config, urnOf(name));
      old.saved = plan.old;
      condemned.unshift(() => old.remove());
    });
    if (run.outcome !== "done") return run;
    for (const remove of condemned) await remove();
    const leaving = this.#lastFirst().filter((name) => !names.includes(name));
    const left = await this.#each(leaving, resources, (_, resource) => resource.remove());
    const hasWritten = run.hasWritten || left.hasWritten;
    if (left.outcome !== "done") return { ...left, hasWritten };
    return { outcome: isChanged || leaving.length > 0 ? "done" : "nothing to do", hasWritten };
  }

  async refresh(): Promise<Run> {
    const resources = await this.#begin();
    const present = RESOURCES.filter((name) => this.has(name));
    return this.#each(present, resources, async (_, resource) => void (await resource.look()));
  }

  async destroy(): Promise<Run> {
    const resources = await this.#begin();
    return this.#each(this.#lastFirst(), resources, (_, resource) => resource.remove());
  }

  /**
   * What is in state, each before what it was made after. The engine removes at once what does not depend on each other:
   * here the zone's DNSSEC goes first then, which takes away most.
   */
  #lastFirst(): readonly ResourceName[] {
    const left = new Set<ResourceName>(RISKY_FIRST.filter((name) => this.has(name)));
    const order: ResourceName[] = [];
    for (;;) {
      const next = [...left].find(
        (name) => ![...left].some((other) => this.#after.get(other)?.includes(name)),
      );
      if (next === undefined) return order;
      left.delete(next);
      order.push(next);
    }
  }

  /** A process of its own, which remembers nothing of an earlier one. */
  #runtime = freshRuntime();

  async #begin(): Promise<Record<ResourceName, Managed>> {
    this.#runtime = freshRuntime();
    const of = (name: ResourceName) => {
      const resource = new Managed(this.#runtime[name], this.config, urnOf(name));
      resource.saved = this.#saved.get(name);
      return resource;
    };
    const resources = {
      tsig: of("tsig"),
      transferPeer: of("transferPeer"),
      incomingTransfer: of("incomingTransfer"),
      primaryDs: of("primaryDs"),
      zoneDnssec: of("zoneDnssec"),
      hostupDsSet: of("hostupDsSet"),
    };
    for (const resource of Object.values(resources)) await resource.begin();
    return resources;
  }

  async #each(
    names: readonly ResourceName[],
    resources: Record<ResourceName, Managed>,
    act: (name: ResourceName, resource: Managed) => Promise<void>,
  ): Promise<Run> {
    let hasWritten = false;
    const atHostup = () => this.writes.takeAtHostup() > 0;
    this.writes.take();
    atHostup();
    for (const name of names) {
      const resource = resources[name];
      try {
        await act(name, resource);
      } catch (error) {
        if (!isSecondaryDnsError(error)) throw error;
        const isRefused = error instanceof RefusedError;
        const written = this.writes.take();
        if (isRefused && written.length > 0)
          throw new Error(`${name} is refused when it has written: ${written.join()}\n${error.message}`);
        const { message } = error;
        hasWritten = atHostup() || hasWritten || written.length > 0;
        return { outcome: isRefused ? "refused" : "failed", resource: name, message, hasWritten };
      } finally {
        if (resource.saved) this.#saved.set(name, resource.saved);
        else this.#saved.delete(name);
      }
      hasWritten = this.writes.take().length > 0 || hasWritten;
    }
    return { outcome: "done", hasWritten: atHostup() || hasWritten };
  }
}

function urnOf(name: ResourceName): string {
  return `urn:pulumi:test::test::${name}::zone`;
}
