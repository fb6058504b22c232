import { type Simulator, startSimulator } from "../../../simulator";
import { nameServersFor } from "../../../simulator/cloudflare/name-servers";
import { dsOf } from "../../../simulator/dns/ds";
import { parseName } from "../../../simulator/dns/name";
import type { CachedAnswer } from "../../../simulator/parent/resolver-cache";
import { type Control, controlOf } from "../control";
import { simulatorConfig } from "../handlers";
import { pass, stopTheClock, waitBy } from "./clock";
import { changeByHand } from "./console";
import { HostupConsole } from "./hostup-console";
import { Judge } from "./judge";
import { notify } from "./notify";
import type { Outcome } from "./outcome";
import { ParentZone } from "./parent";
import { Passage } from "./passage";
import { serveAtPort53 } from "./port-53";
import { following, type Program } from "./program";
import { Registrar } from "./registrar";
import { Registry } from "./registry";
import type { Sequence } from "./sequences";
import { type Run, ZoneStack } from "./stack";
import type { Step } from "./steps";
import { Team } from "./team";
import { Writes } from "./writes";

interface World extends Omit<Sequence, "steps"> {
  readonly simulator: Simulator;
  readonly control: Control;
  readonly hostup: HostupConsole;
  readonly zone: { readonly id: string; readonly name: string };
  readonly team: Team;
  readonly writes: Writes;
}

/** A zone with all who have a hand in it: the team's servers, Cloudflare, the parent, and the program. */
export class Model {
  readonly #stack: ZoneStack;
  readonly #judge: Judge;
  readonly #registrar: Registrar;
  readonly #registry: Registry;
  readonly #passage: Passage;
  readonly #port: number;
  #isOfProgram = false;
  #program: Program = {
    signing: "presigned",
    nsec3: false,
    server: 0,
    secret: 0,
    onDelete: "restore",
    registrar: false,
    waitForRemoval: 600,
    typo: "none",
  };

  static async start(surroundings: Omit<Sequence, "steps">): Promise<Model> {
    stopTheClock();
    const writes = new Writes();
    const simulator = await startSimulator({
      zones: 2,
      rateLimit: { requests: 1_000_000, seconds: 300 },
      now: () => Date.now(),
      switches: { hostupDsAtParent: "by-hand" },
      log: (line) => writes.hear(line),
    });
    const [zone] = simulator.zones;
    if (zone === undefined) throw new Error("the simulator starts with two zones");
    const control = controlOf(simulator);
    const hostup = new HostupConsole(simulator, control);
    await control.patch({ domains: { [hostup.domainId]: { name: zone.name } } });
    const team = await Team.start(zone.name);
    const model = new Model({ simulator, control, hostup, zone, team, writes, ...surroundings });
    waitBy((seconds) => model.#passage.wait(seconds));
    await model.#look();
    return model;
  }

  private constructor(private readonly world: World) {
    const { simulator, control, hostup, zone, team, writes, registrySeconds } = world;
    this.#port = Number(simulator.dns.split(":")[1]);
    this.#judge = new Judge(this.#port, zone.name);
    const parent = new ParentZone(control, zone.id, nameServersFor("secondary"), this.#judge);
    this.#registry = new Registry(control, hostup.domainId, parent, registrySeconds);
    this.#passage = new Passage({
      judge: this.#judge,
      registry: this.#registry,
      team,
      writes,
      notify: () => notify({ control, zone, port: this.#port }),
      told: () => this.#tellOfNews(),
    });
    this.#registrar = new Registrar({
      parent,
      hostup,
      team,
      judge: this.#judge,
      zone: zone.name,
      port: this.#port,
      dsOf: (key) => this.#dsOf(key),
    });
    const place = { ...simulator, domainId: hostup.domainId, ports: team.ports };
    this.#stack = new ZoneStack(simulatorConfig(simulator), place, writes);
    serveAtPort53({
      port: world.seesParent ? this.#port : undefined,
      isParentSilent: () => !parent.isReachable,
    });
  }

  async stop(): Promise<void> {
    await this.world.simulator.close();
    await this.world.team.stop();
  }

  async do(step: Step): Promise<Outcome> {
    // Nothing happens twice at one moment: Cloudflare tells by the time that it has looked at a primary again.
    pass(1);
    if (step.who === "program") await this.#waitForTheRegistry("run" in step);
    const isLeft = step.who === "program" && "change" in step && this.#isLeftFor(step);
    if (step.who === "program" && "change" in step && !isLeft) {
      this.#program = this.#changed(step);
      await this.#waitForTheUnknowable();
      if (step.refreshes) await this.#stack.refresh();
    }
    const [before, wasBogus] = [this.#passage.verdict(), this.#judge.isBogus];
    this.#passage.meanwhile.clear();
    const run = isLeft ? undefined : await this.#carryOut(step);
    await this.#look();
    await this.#registry.hear();
    if (step.who !== "time")
      this.#isOfProgram = run === undefined ? false : run.hasWritten || this.#isOfProgram;
    const isSecure = this.#judge.isAsked && this.#judge.heldDs.some((ds) => ds.length > 0);
    const after = [...new Set([...this.#passage.meanwhile, ...this.#passage.verdict()])];
    const isOfProgram = this.#isOfProgram;
    await this.#tellOfNews();
    return { step, before, after, wasBogus, isSecure, isOfProgram, ...(run ? { run } : {}) };
  }

  async #carryOut(step: Step): Promise<Run | undefined> {
    const { team, simulator, control, zone } = this.world;
    switch (step.who) {
      case "program":
        return "run" in step ? this.#stack[step.run]() : this.#stack.up(this.#program);
      case "primary": {
        const hasActed = team.act(step.server, step.does, this.#judge.heldDs, (key) => this.#dsOf(key));
        if (hasActed && step.notifies) await this.#passage.notify();
        return undefined;
      }
      case "parent":
        this.#passage.isNews ||= await this.#registrar.act(step.does);
        await this.#registry.hear(true);
        return undefined;
      case "console":
        await changeByHand(simulator, control, zone.id, step.does);
        return undefined;
      case "time":
        await this.#passage.pass(step.seconds);
        return undefined;
    }
  }

  #changed({ change, follows }: Extract<Step, { readonly change: unknown }>): Program {
    const next = { ...this.#program, ...change };
    return follows ? following(next, this.world.team.at(next.server)) : next;
  }

  /**
   * Nobody can look at a DS that is on its way to the parent: the documentation asks for no change before it is there. Of
   * one that it has published itself the program knows when it is to withdraw it.
   */
  async #waitForTheRegistry(isByHandAlone: boolean): Promise<void> {
    while (this.#registry.isAdding(isByHandAlone) && this.#registry.next !== undefined)
      await this.#passage.pass(Math.max(0, this.#registry.next - Date.now()) / 1_000);
    await this.#look();
  }

  /**
   * Whether a DS stays on its way, to a parent that cannot be queried: then the zone is left as it is. Of its own the program
   * knows as long as it publishes them.
   */
  #isLeftFor(step: Extract<Step, { readonly change: unknown }>): boolean {
    const publishes = this.#program.registrar && this.#changed(step).registrar;
    return this.#registry.isAdding() && !publishes;
  }

  /**
   * Nothing in state tells of a DS, or of a delegation, that has gone before the program had the zone's DNSSEC, nor of a
   * delegation where a transfer moves, nor of a DS where the keys that are served cannot be looked at then: the
   * documentation asks for a wait of its TTL; and so it does of the keys from before the program publishes a DS.
   */
  async #waitForTheUnknowable(): Promise<void> {
    const isNew = !this.#stack.has("zoneDnssec");
    const isPublishing = this.#program.registrar && !this.#stack.has("hostupDsSet");
    const isMoving = this.#stack.isMoving(this.#program);
    const ends = [
      isNew || (isMoving && !this.world.seesParent) ? this.#judge.endOfPastDs : 0,
      isNew || isMoving ? this.#judge.endOfPastDelegation : 0,
      isPublishing ? this.#judge.endOfPastKeys : 0,
    ];
    await this.#passage.pass(Math.max(0, (Math.max(...ends) - Date.now()) / 1_000));
    await this.#look();
  }

  /** When a DS has come to the parent the documentation asks for a refresh. */
  async #tellOfNews(): Promise<void> {
    if (!this.#passage.isNews) return;
    this.#passage.isNews = false;
    if (!this.world.seesParent) await this.#waitForTheResolver();
    await this.#stack.refresh();
  }

  /** Where it alone tells of the DS, once it has heard of the new one. */
  async #waitForTheResolver(): Promise<void> {
    const response = await fetch(`${this.world.simulator.control}/resolver-cache`);
    const cached = (await response.json()) as readonly CachedAnswer[];
    await this.#passage.pass(
      Math.max(0, ...cached.filter(({ type }) => type === "DS").map(({ ttl }) => ttl)),
    );
    await this.#look();
  }

  async #look(): Promise<void> {
    await this.world.team.idle();
    await this.#judge.look();
  }

  #dsOf(dnskey: Buffer): string {
    return dsOf(parseName(this.world.zone.name), dnskey);
  }
}
