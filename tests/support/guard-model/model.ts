import { type Simulator, startSimulator } from "../../../simulator";
import { nameServersFor } from "../../../simulator/cloudflare/name-servers";
import { dsOf } from "../../../simulator/dns/ds";
import { parseName } from "../../../simulator/dns/name";
import type { CachedAnswer } from "../../../simulator/parent/resolver-cache";
import { type Control, controlOf } from "../control";
import { simulatorConfig } from "../handlers";
import { pass, settleBy, stopTheClock } from "./clock";
import { changeByHand } from "./console";
import { Judge } from "./judge";
import { notify } from "./notify";
import type { Outcome } from "./outcome";
import { ParentZone } from "./parent";
import { serveAtPort53 } from "./port-53";
import { following, type Program } from "./program";
import { Registrar } from "./registrar";
import { type Run, ZoneStack } from "./stack";
import type { Step } from "./steps";
import { Team } from "./team";
import { Writes } from "./writes";

const DAY = 86_400;

/** A zone with all who have a hand in it: the team's servers, Cloudflare, the parent, and the program. */
export class Model {
  readonly #stack: ZoneStack;
  readonly #judge: Judge;
  readonly #registrar: Registrar;
  readonly #port: number;
  #isOfProgram = false;
  #program: Program = {
    signing: "presigned",
    nsec3: false,
    server: 0,
    secret: 0,
    onDelete: "restore",
    typo: "none",
  };

  static async start(seesParent: boolean): Promise<Model> {
    stopTheClock();
    const writes = new Writes();
    const simulator = await startSimulator({
      zones: 2,
      rateLimit: { requests: 1_000_000, seconds: 300 },
      now: () => Date.now(),
      log: (line) => writes.hear(line),
    });
    const [zone] = simulator.zones;
    if (zone === undefined) throw new Error("the simulator starts with two zones");
    const team = await Team.start(zone.name);
    settleBy(() => team.idle());
    const model = new Model(simulator, controlOf(simulator), zone, team, writes, seesParent);
    await model.#look();
    return model;
  }

  private constructor(
    private readonly simulator: Simulator,
    private readonly control: Control,
    private readonly zone: { readonly id: string; readonly name: string },
    private readonly team: Team,
    writes: Writes,
    /** And Cloudflare's name servers. */
    private readonly seesParent: boolean,
  ) {
    this.#port = Number(simulator.dns.split(":")[1]);
    this.#judge = new Judge(this.#port, zone.name);
    const parent = new ParentZone(control, zone.id, nameServersFor("secondary"), this.#judge);
    this.#registrar = new Registrar(parent, this.#judge, team, (key) => this.#dsOf(key));
    const place = { ...simulator, ports: team.ports };
    this.#stack = new ZoneStack(simulatorConfig(simulator), place, writes);
    serveAtPort53({
      port: seesParent ? this.#port : undefined,
      isParentSilent: () => !parent.isReachable,
    });
  }

  async stop(): Promise<void> {
    await this.simulator.close();
    await this.team.stop();
  }

  async do(step: Step): Promise<Outcome> {
    // Nothing happens twice at one moment: Cloudflare tells by the time that it has looked at a primary again.
    pass(1);
    if (step.who === "program" && "change" in step) {
      this.#program = this.#changed(step);
      await this.#waitForTheUnknowable();
    }
    const [before, wasBogus] = [this.#judge.verdict(), this.#judge.isBogus];
    const run = await this.#carryOut(step);
    await this.#look();
    if (step.who !== "time")
      this.#isOfProgram = run === undefined ? false : run.hasWritten || this.#isOfProgram;
    const isSecure = this.#judge.isAsked && this.#judge.heldDs.some((ds) => ds.length > 0);
    const after = this.#judge.verdict();
    const isOfProgram = this.#isOfProgram;
    return { step, before, after, wasBogus, isSecure, isOfProgram, ...(run ? { run } : {}) };
  }

  async #carryOut(step: Step): Promise<Run | undefined> {
    switch (step.who) {
      case "program":
        return "run" in step ? this.#stack[step.run]() : this.#stack.up(this.#program);
      case "primary": {
        const hasActed = this.team.act(step.server, step.does, this.#judge.heldDs, (key) => this.#dsOf(key));
        if (hasActed && step.notifies) await this.#notify();
        return undefined;
      }
      case "parent":
        if (await this.#registrar.act(step.does)) {
          if (!this.seesParent) await this.#waitForTheResolver();
          await this.#stack.refresh();
        }
        return undefined;
      case "console":
        await changeByHand(this.simulator, this.control, this.zone.id, step.does);
        return undefined;
      case "time":
        await this.#pass(step.seconds);
        return undefined;
    }
  }

  #changed({ change, follows }: Extract<Step, { readonly change: unknown }>): Program {
    const next = { ...this.#program, ...change };
    return follows ? following(next, this.team.at(next.server)) : next;
  }

  /**
   * Nothing in state tells of a DS, or of a delegation, that has gone before the program had the zone's DNSSEC, nor of a
   * delegation where a transfer moves, nor of a DS where the keys that are served cannot be looked at then: the
   * documentation asks for a wait of its TTL.
   */
  async #waitForTheUnknowable(): Promise<void> {
    const isNew = !this.#stack.has("zoneDnssec");
    const isMoving = this.#stack.isMoving(this.#program);
    const ends = [
      isNew || (isMoving && !this.seesParent) ? this.#judge.endOfPastDs : 0,
      isNew || isMoving ? this.#judge.endOfPastDelegation : 0,
    ];
    await this.#pass(Math.max(0, (Math.max(...ends) - Date.now()) / 1_000));
    await this.#look();
  }

  /** Where it alone tells of the DS, the documentation asks for a refresh once it has heard of the new one. */
  async #waitForTheResolver(): Promise<void> {
    const response = await fetch(`${this.simulator.control}/resolver-cache`);
    const cached = (await response.json()) as readonly CachedAnswer[];
    await this.#pass(Math.max(0, ...cached.filter(({ type }) => type === "DS").map(({ ttl }) => ttl)));
    await this.#look();
  }

  async #pass(seconds: number): Promise<void> {
    pass(seconds);
    if (this.team.resign() || seconds >= DAY) await this.#notify();
  }

  #notify(): Promise<void> {
    return notify({ control: this.control, port: this.#port, zone: this.zone });
  }

  async #look(): Promise<void> {
    await this.team.idle();
    await this.#judge.look();
  }

  #dsOf(dnskey: Buffer): string {
    return dsOf(parseName(this.zone.name), dnskey);
  }
}
