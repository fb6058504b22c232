import { isDeepStrictEqual } from "node:util";
import type * as dynamic from "@pulumi/pulumi/dynamic";
import type { Simulator } from "../../simulator";

export type Bag = Readonly<Record<string, unknown>>;
export type Handler = Required<dynamic.ResourceProvider<Bag, Bag>>;

/** Stands for the text that the engine puts into every bag of properties. */
export const PROVIDER = "exports.handler=()=>{}";

/** What a `__provider` text gives the engine, with the methods that the SDK's type leaves optional. */
export function handlerOf(provider: dynamic.ResourceProvider<Bag, Bag>): Handler {
  const { configure, check, diff, create, read, update, delete: remove } = provider;
  if (!configure || !check || !diff || !read || !update || !remove) throw new Error("a method is missing");
  return { configure, check, diff, create, read, update, delete: remove };
}

/** The stack configuration as `configure` gets it. */
export function stackConfig(values: Readonly<Record<string, string>>): dynamic.ConfigureRequest {
  const get = (key: string) => values[key];
  return {
    config: {
      get,
      require(key) {
        throw new Error(`${key} is required, but every setting has a fallback`);
      },
    },
  };
}

/** Stack configuration that reaches a simulator with the credentials it knows. */
export function simulatorConfig(simulator: Simulator): Record<string, string> {
  return {
    "cloudflare:apiToken": simulator.cloudflareToken,
    "cloudflare:baseUrl": simulator.cloudflare,
    "hostup:apiToken": simulator.hostupToken,
    "hostup:baseUrl": simulator.hostup,
    "secondary-dns:resolver": simulator.dns,
  };
}

export interface Saved {
  readonly id: string;
  readonly inputs: Bag;
  readonly outputs: Bag;
  /** Its last create or update failed half-way, so the next `up` resumes with it. */
  readonly unfinished?: true;
  /** What its replacement, made half-way, left to be deleted at the next occasion. */
  readonly replaced?: Saved;
}

/** What the engine is going to do with a resource. */
export type Plan =
  | { readonly kind: "create"; readonly news: Bag }
  | { readonly kind: "update" | "replace"; readonly news: Bag; readonly old: Saved }
  | { readonly kind: "same" };

let named = 0;

/**
 * One resource under the engine's own order of calls (as traced on 3.250.0): check, diff of what the state has, a
 * second check without old inputs before a replacement, then create, update or nothing, by the difference of inputs;
 * refresh takes over what `read` says; a failure with an id keeps the object in state.
 */
export class Managed {
  saved: Saved | undefined;
  readonly #handler: Handler;

  readonly #config: dynamic.ConfigureRequest;

  constructor(
    provider: dynamic.ResourceProvider<Bag, Bag>,
    config: Readonly<Record<string, string>>,
    /** As the resource's class gives it. */
    private readonly name = `urn:pulumi:test::test::test::${++named}`,
  ) {
    this.#handler = handlerOf(provider);
    this.#config = stackConfig(config);
  }

  get state(): Saved {
    if (this.saved === undefined) throw new Error("the resource is not in state");
    return this.saved;
  }

  /** Begins a run of the engine, of all resources of this kind. */
  async begin(): Promise<void> {
    await this.#handler.configure(this.#config);
  }

  /** One run for this resource alone. */
  async up(program: Bag): Promise<"created" | "updated" | "replaced" | "same"> {
    await this.begin();
    const plan = await this.plan(program);
    await this.carryOut(plan, true);
    await this.#deleteReplaced();
    const did = { create: "created", update: "updated", replace: "replaced", same: "same" } as const;
    return did[plan.kind];
  }

  /** `isForced`: as with `up --replace`, which asks no diff. */
  async plan(program: Bag, isForced = false): Promise<Plan> {
    const old = this.saved;
    if (old === undefined) return { kind: "create", news: await this.#check({}, program) };
    if (isForced) return { kind: "replace", news: await this.#check({}, program), old };
    const news = await this.#check(old.inputs, program);
    const { replaces = [], changes } = await this.#handler.diff(old.id, old.outputs, news);
    if (changes !== undefined && replaces.length === 0 && !isDeepStrictEqual(old.inputs, news))
      throw new Error("with `changes` the engine shows no property diff");
    if (!changes && !old.unfinished && isDeepStrictEqual(old.inputs, news)) return { kind: "same" };
    if (replaces.length > 0) return { kind: "replace", news: await this.#check({}, program), old };
    return { kind: "update", news, old };
  }

  /** The old entry of what is replaced is deleted at the end of the run: by whoever runs it, or kept here until then. */
  async carryOut(plan: Plan, keepsReplaced = false): Promise<void> {
    switch (plan.kind) {
      case "same":
        break;
      case "create":
        await this.#create(plan.news);
        break;
      case "replace":
        await this.#create(plan.news, keepsReplaced ? plan.old : undefined);
        break;
      case "update": {
        const { news, old } = plan;
        const { outs = {} } = await this.#keepingPartial(news, old.replaced, () =>
          this.#handler.update(old.id, old.outputs, news),
        );
        this.#save({ id: old.id, inputs: news, outputs: fromWire(outs) }, old.replaced);
        break;
      }
    }
  }

  /** As the engine does when it has made all that the program wants. */
  async #deleteReplaced(): Promise<void> {
    while (this.saved?.replaced !== undefined) {
      const { replaced, ...saved } = this.saved;
      await this.#handler.delete(replaced.id, replaced.outputs);
      this.#save(saved, replaced.replaced);
    }
  }

  #save(saved: Saved, replaced: Saved | undefined): void {
    this.saved = replaced === undefined ? saved : { ...saved, replaced };
  }

  /** The engine's preview: the names of the inputs that differ; empty when there is nothing to do. */
  async preview(program: Bag): Promise<string[]> {
    await this.begin();
    return this.differences(program);
  }

  async differences(program: Bag): Promise<string[]> {
    const news = await this.#check(this.saved?.inputs ?? {}, program);
    const { inputs = {} } = this.saved ?? {};
    const keys = new Set([...Object.keys(inputs), ...Object.keys(news)]);
    return [...keys].filter((key) => !isDeepStrictEqual(inputs[key], news[key])).sort();
  }

  async refresh(): Promise<"present" | "gone"> {
    await this.begin();
    await this.#deleteReplaced();
    return this.look();
  }

  /** What a refresh does with the resource. */
  async look(): Promise<"present" | "gone"> {
    const { id, inputs: old, outputs } = this.state;
    const { id: found, props = {}, inputs } = await this.#handler.read(id, outputs);
    if (!found) {
      this.saved = undefined;
      return "gone";
    }
    this.saved = {
      id: found,
      inputs: inputs === undefined ? old : fromWire(inputs),
      outputs: fromWire(props),
    };
    await this.#handler.diff(found, this.saved.outputs, old);
    return "present";
  }

  async destroy(): Promise<void> {
    await this.begin();
    await this.#deleteReplaced();
    await this.remove();
  }

  async remove(): Promise<void> {
    const { id, outputs } = this.state;
    await this.#handler.delete(id, outputs);
    this.saved = undefined;
  }

  /** The checked inputs; refused ones fail the test. */
  async check(program: Bag): Promise<Bag> {
    await this.begin();
    return this.#check(this.saved?.inputs ?? {}, program);
  }

  async #check(olds: Bag, program: Bag): Promise<Bag> {
    const news = { ...program, __provider: PROVIDER, __resource: this.name };
    const { inputs = {}, failures = [] } = await this.#handler.check(olds, news);
    if (failures.length > 0) throw new Error(failures.map(({ reason }) => reason).join("\n"));
    return fromWire(inputs);
  }

  async #create(news: Bag, old?: Saved): Promise<void> {
    const { id, outs = {} } = await this.#keepingPartial(news, old, () => this.#handler.create(news));
    this.#save({ id, inputs: news, outputs: fromWire(outs) }, old);
  }

  async #keepingPartial<Result>(
    inputs: Bag,
    replaced: Saved | undefined,
    run: () => Promise<Result>,
  ): Promise<Result> {
    try {
      return await run();
    } catch (error) {
      const half = partialOf(error);
      // Unlike every other result, the server hands this one on without the provider's text.
      if (half) this.#save({ id: half.id, inputs, outputs: half.properties, unfinished: true }, replaced);
      throw error;
    }
  }
}

/** What an error of create or update tells the engine to keep. */
export function partialOf(error: unknown): { id: string; properties: Bag; reasons: unknown } | undefined {
  if (!(error instanceof Error) || !("id" in error) || !("properties" in error)) return undefined;
  const { id, properties } = error;
  if (typeof id !== "string" || typeof properties !== "object" || properties === null) return undefined;
  return { id, properties: { ...properties }, reasons: "reasons" in error ? error.reasons : undefined };
}

/** Over the engine's protocol and back, with the provider's text that the server adds to every result. */
function fromWire(value: object): Bag {
  const wire: Bag = JSON.parse(JSON.stringify(value));
  // The protocol fails on `undefined` and empties a Date, where JSON would hide both.
  expect(value).toStrictEqual(wire);
  return { ...wire, __provider: PROVIDER };
}
