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
  };
}

export interface Saved {
  readonly id: string;
  readonly inputs: Bag;
  readonly outputs: Bag;
  /** Its last create or update failed half-way, so the next `up` goes on with it. */
  readonly unfinished?: true;
  /** What its replacement, made half-way, left to be deleted at the next occasion. */
  readonly replaced?: Saved;
}

/**
 * One resource under the engine's own order of calls: check, then create, update, replacement or
 * nothing, by the difference of inputs; refresh takes over what `read` says; a failure with an id
 * keeps the object in state.
 */
export class Managed {
  saved: Saved | undefined;
  readonly #handler: Handler;

  readonly #config: dynamic.ConfigureRequest;

  constructor(provider: dynamic.ResourceProvider<Bag, Bag>, config: Readonly<Record<string, string>>) {
    this.#handler = handlerOf(provider);
    this.#config = stackConfig(config);
  }

  get state(): Saved {
    if (this.saved === undefined) throw new Error("the resource is not in state");
    return this.saved;
  }

  async up(program: Bag): Promise<"created" | "updated" | "replaced" | "same"> {
    await this.#handler.configure(this.#config);
    const did = await this.#bringTo(await this.check(program));
    await this.#deleteReplaced();
    return did;
  }

  async #bringTo(news: Bag): Promise<"created" | "updated" | "replaced" | "same"> {
    if (this.saved === undefined) {
      await this.#create(news);
      return "created";
    }
    const old = this.saved;
    if (!old.unfinished && isDeepStrictEqual(old.inputs, news)) return "same";
    const { replaces = [], changes } = await this.#handler.diff(old.id, old.outputs, news);
    if (changes !== undefined) throw new Error("with `changes` the engine shows no property diff");
    if (replaces.length > 0) {
      await this.#create(news, old);
      return "replaced";
    }
    const { outs = {} } = await this.#keepingPartial(news, old.replaced, () =>
      this.#handler.update(old.id, old.outputs, news),
    );
    this.#save({ id: old.id, inputs: news, outputs: fromWire(outs) }, old.replaced);
    return "updated";
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
    const news = await this.check(program);
    const { inputs } = this.state;
    const keys = new Set([...Object.keys(inputs), ...Object.keys(news)]);
    return [...keys].filter((key) => !isDeepStrictEqual(inputs[key], news[key])).sort();
  }

  async refresh(): Promise<"present" | "gone"> {
    await this.#handler.configure(this.#config);
    await this.#deleteReplaced();
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
    return "present";
  }

  async destroy(): Promise<void> {
    await this.#handler.configure(this.#config);
    await this.#deleteReplaced();
    const { id, outputs } = this.state;
    await this.#handler.delete(id, outputs);
    this.saved = undefined;
  }

  /** The checked inputs; refused ones fail the test. */
  async check(program: Bag): Promise<Bag> {
    const news = { ...program, __provider: PROVIDER };
    const { inputs = {}, failures = [] } = await this.#handler.check(this.saved?.inputs ?? {}, news);
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
