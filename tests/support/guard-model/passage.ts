import { pass } from "./clock";
import type { Judge } from "./judge";
import type { Registry } from "./registry";
import type { Team } from "./team";
import type { Writes } from "./writes";

const DAY = 86_400;

export interface Passing {
  readonly judge: Judge;
  readonly registry: Registry;
  readonly team: Team;
  readonly writes: Writes;
  /** Has Cloudflare look at its primary. */
  notify(): Promise<void>;
  /** A DS has come to the parent. */
  told(): Promise<void>;
}

/** Time as it passes: the registry does what it was told, servers sign again, and what nobody gets meanwhile is noted. */
export class Passage {
  /** Whether a DS has come to the parent of which the program has not heard yet. */
  isNews = false;
  /** What some resolver did not get in the course of a step. */
  readonly meanwhile = new Set<string>();

  constructor(private readonly of: Passing) {}

  /** With what comes of that which HostUp was told. */
  verdict(): readonly string[] {
    return this.of.judge.verdict(...this.of.registry.coming);
  }

  notify(): Promise<void> {
    return this.of.notify();
  }

  /** While the program does not run. */
  async pass(seconds: number): Promise<void> {
    await this.#withRegistry(seconds, () => this.of.told());
    if (this.of.team.resign() || seconds >= DAY) await this.notify();
  }

  /** While it runs and waits: what was begun before comes to its end. */
  async wait(seconds: number): Promise<void> {
    const { team, writes, judge, registry } = this.of;
    await team.idle();
    if (writes.takeNews()) {
      await judge.look({ isPassing: true });
      await registry.hear();
      this.#note();
    }
    await this.#withRegistry(seconds, () => Promise.resolve());
  }

  async #withRegistry(seconds: number, told: () => Promise<void>): Promise<void> {
    const { registry } = this.of;
    const end = Date.now() + seconds * 1_000;
    for (let due = registry.next; due !== undefined && due <= end; due = registry.next) {
      pass(Math.max(0, due - Date.now()) / 1_000);
      this.#note();
      this.isNews = (await registry.carryOut()) || this.isNews;
      this.#note();
      await told();
    }
    pass(Math.max(0, end - Date.now()) / 1_000);
  }

  #note(): void {
    for (const fault of this.verdict()) this.meanwhile.add(fault);
  }
}
