import { isDeepStrictEqual } from "node:util";
import type * as dynamic from "@pulumi/pulumi/dynamic";
import { z } from "zod";
import { checkInputs, type Rule } from "./check";
import { InputError, RefusedError } from "./errors";
import { fingerprint } from "./fingerprint";
import { InUse } from "./in-use";
import { reporting, type Snapshot } from "./partial-failure";
import { givenInputs, isFirstLook, saved, withGiven } from "./saved-outputs";
import type { SettingsSource } from "./settings";
import { Transients } from "./transients";
import { isUnknown } from "./unknown";
import { toWire } from "./wire";

type Bag = Readonly<Record<string, unknown>>;

export interface Observation {
  readonly outputs: object;
  /** The server's view under the names of the inputs: where it differs from the program, drift shows. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Shown as drift even though the program never gave the input. Saved in plain text: no secrets. */
  readonly drift?: Readonly<Record<string, string | undefined>>;
}

/** What every resource reads back: the credential to use. */
export interface SavedState {
  readonly profile?: string | undefined;
}

/** What create and update know besides their inputs. */
export interface RunContext {
  /** The transient inputs of these inputs; of those that are not known yet, and of an older class, nothing. */
  readonly transient: Bag;
}

export interface CreateContext extends RunContext {
  /**
   * The object that it replaces still stands there, and may be just like it. Not with `up --replace`,
   * where the engine does not tell what the state has.
   */
  readonly isReplacing: boolean;
}

/** One resource: its inputs, what it reads back from state, and what its calls do. */
export interface ResourceDefinition<
  Fields extends Readonly<Record<string, z.ZodType>>,
  State extends SavedState,
  Client,
> {
  readonly fields: Fields;
  readonly secrets?: readonly (keyof Fields & string)[];
  readonly rules?: readonly Rule[];
  /**
   * Inputs that the class gives for one run alone: `check` takes them out, so that no preview and no state has them.
   * Pulumi's own resources have members such as `__name`, which an input of that name would replace.
   */
  readonly transient?: readonly string[];
  /**
   * Inputs that are as a rule left out, and then stand in the outputs without having been given. Older
   * states are read by this list, so it never changes.
   */
  readonly filledIn?: readonly (keyof Fields & string)[];
  /** The input that says how long create and update wait for something, or false. */
  readonly awaits?: keyof Fields & string;
  /**
   * The part of the saved outputs that the methods below need, lenient to what older releases saved.
   * `__inputs`, the inputs that the program gave, is there whether saved or not, save where `get` looks it up now.
   */
  readonly state: z.ZodType<State>;
  /** Made when a call is due, not before: a preview needs no credentials. */
  connect(settings: SettingsSource, profile: string | undefined): Client;
  /** Asked at `check` of a resource that the state has already: why its new inputs are refused. */
  refuses?(olds: Bag, news: Bag): string | undefined;
  /** The inputs by which a create is known to replace a resource that the state has already. */
  readonly likeness?: readonly (keyof Fields & string)[];
  /** The inputs whose new values another object must take, given the values that are known. */
  replaces(id: string, state: State, news: Readonly<Record<string, unknown>>): readonly string[];
  create(client: Client, inputs: InputsOf<Fields>, context: CreateContext): Promise<Snapshot>;
  /** `undefined`: the object is gone. */
  read(client: Client, id: string, state: State): Promise<Observation | undefined>;
  update(
    client: Client,
    id: string,
    state: State,
    inputs: InputsOf<Fields>,
    context: RunContext,
  ): Promise<object>;
  delete(client: Client, id: string, state: State): Promise<void>;
}

export type InputsOf<Fields extends Readonly<Record<string, z.ZodType>>> = z.output<z.ZodObject<Fields>>;

/**
 * Saved by a create or update that failed half-way where something is waited for, until one succeeds. A refresh
 * makes the engine forget the failure; shown as drift of the input, this has the next `up` wait again.
 */
const AWAITED = "__awaited";

/** Which resource of the program it is: the classes give it, so that two resources never look like one. */
const RESOURCE = "__resource";

/** The provider that the engine talks to, for one resource. */
export function defineResource<
  Fields extends Readonly<Record<string, z.ZodType>>,
  State extends SavedState,
  Client,
>(definition: ResourceDefinition<Fields, State, Client>): dynamic.ResourceProvider<Bag, Bag> {
  const { fields, secrets = [], rules = [], filledIn = [], awaits, likeness = [] } = definition;
  const transient = [RESOURCE, ...(definition.transient ?? [])];
  const schema = { fields, secrets, rules };
  const usual = Object.keys(fields).filter((key) => !filledIn.includes(key));
  // Made once: it takes longer to make than to use.
  const wholeInputs = z.object(fields);
  const inUse = new InUse();
  const transients = new Transients();
  /** The likenesses of what the state has already. */
  const inState = new Set<string>();
  let settings: SettingsSource = { config: () => undefined, env: (name) => process.env[name] };

  const parseInputs = (news: Bag): InputsOf<Fields> => {
    const { inputs, failures } = checkInputs(schema, news);
    const unknown = Object.keys(inputs).filter((key) => isUnknown(inputs[key]));
    if (failures.length > 0 || unknown.length > 0) {
      throw new InputError(
        [...failures.map(({ reason }) => reason), ...unknown.map((key) => `${key} is not known`)].join("\n"),
      );
    }
    return wholeInputs.parse(inputs);
  };
  const parseState = (props: Bag): State => {
    const parsed = definition.state.safeParse(withGiven(usual, props));
    if (parsed.success) return parsed.data;
    const places = parsed.error.issues.map((issue) => issue.path.join("."));
    throw new InputError(
      `The saved state cannot be read: ${places.join(", ")}. Next: correct it with "pulumi stack export" and "pulumi stack import".`,
    );
  };

  /** Runs a create or update; one that ends half-way gives the engine what is to be saved of it. */
  const keepingHalf = <Result>(news: Bag, inputs: Bag, run: () => Promise<Result>): Promise<Result> =>
    reporting(run, ({ id, outputs }) => {
      inUse.made(news, id);
      const isAwaited = awaits !== undefined && Boolean(inputs[awaits]);
      const half = isAwaited ? { ...outputs, [AWAITED]: true } : outputs;
      // The server does not add the provider's text on this path; without it no later call could run.
      return { ...saved(usual, inputs, half), __provider: news.__provider };
    });

  return {
    // Not async: the server hands the provider to the next call before this one is awaited.
    configure({ config }) {
      inUse.clear();
      transients.clear();
      inState.clear();
      settings = { config: (key) => config.get(key), env: (name) => process.env[name] };
      return Promise.resolve();
    },

    async check(olds, news) {
      const isInState = Object.keys(olds).length > 0;
      if (isInState) inState.add(fingerprint(pick(olds, likeness)));
      const refusal = isInState ? definition.refuses?.(olds, news) : undefined;
      const lasting = keepOwner(olds, omit(news, transient));
      const { inputs, failures } = checkInputs(schema, lasting);
      if (refusal !== undefined) failures.push({ property: "", reason: refusal });
      inUse.checked(inputs);
      transients.remember(inputs, pick(news, transient));
      return { inputs, failures };
    },

    // `changes` stays out: the engine then compares old and new inputs itself, and shows which differ.
    async diff(id, olds, news) {
      const replaces = [...definition.replaces(id, parseState(olds), news)];
      // Of changed inputs only `update` tells whether the object is kept: the engine may replace by itself.
      if (replaces.length === 0 && isUnchanged(olds, news)) inUse.kept(news, id);
      return { replaces };
    },

    async create(news) {
      const inputs = parseInputs(news);
      const client = definition.connect(settings, profileOf(news));
      const isReplacing = inState.has(fingerprint(pick(inputs, likeness)));
      const context = { isReplacing, transient: transients.of(news) };
      const { id, outputs } = await keepingHalf(news, inputs, () =>
        definition.create(client, inputs, context),
      );
      inUse.made(news, id);
      return { id, outs: saved(usual, inputs, outputs) };
    },

    async read(id, props = {}) {
      const state = parseState(props);
      const client = definition.connect(settings, state.profile);
      const observed = await definition.read(client, id, state);
      if (observed === undefined) return gone(id, props);
      const known = pick(observed.inputs, Object.keys(fields));
      const isAwaited = awaits !== undefined && props[AWAITED] === true;
      const listed = givenInputs(usual, props);
      const given = Object.keys(fields).filter((key) => listed.includes(key));
      // Of what the server does not know, what was saved.
      const inputs = Object.fromEntries(given.map((key) => [key, key in known ? known[key] : props[key]]));
      return {
        id,
        props: saved(usual, inputs, {
          ...known,
          ...observed.outputs,
          ...(isAwaited ? { [AWAITED]: true } : {}),
        }),
        inputs: toWire({ ...inputs, ...observed.drift, ...(isAwaited ? { [awaits]: false } : {}) }),
      };
    },

    async update(id, olds, news) {
      const inputs = parseInputs(news);
      inUse.kept(news, id);
      const client = definition.connect(settings, profileOf(news));
      const context = { transient: transients.of(news) };
      const outputs = await keepingHalf(news, inputs, () =>
        definition.update(client, id, parseState(olds), inputs, context),
      );
      return { outs: saved(usual, inputs, outputs) };
    },

    async delete(id, props) {
      if (inUse.has(id)) return;
      const state = parseState(props);
      await definition.delete(definition.connect(settings, state.profile), id, state);
    },
  };
}

/** The owner only recognises what an earlier create left behind, so renaming a stack is no change. */
function keepOwner(olds: Bag, news: Bag): Bag {
  return "__owner" in news && typeof olds.__owner === "string" ? { ...news, __owner: olds.__owner } : news;
}

/** An empty id tells the engine that the object is gone; where `get` looked it up, that is a mistake. */
function gone(id: string, props: Bag) {
  if (!isFirstLook(props)) return { id: "", props: {} };
  throw new RefusedError(`Nothing exists with the id ${id}.\nNext: check the id that get was given.`);
}

/** Whether the saved outputs, which echo the inputs, have them all. */
function isUnchanged(olds: Bag, { __provider: _, ...inputs }: Bag): boolean {
  return Object.keys(inputs).every((key) => isDeepStrictEqual(inputs[key], olds[key]));
}

function pick(bag: Bag, keys: readonly string[]): Bag {
  return Object.fromEntries(Object.entries(bag).filter(([key]) => keys.includes(key)));
}

function omit(bag: Bag, keys: readonly string[]): Bag {
  return Object.fromEntries(Object.entries(bag).filter(([key]) => !keys.includes(key)));
}

function profileOf(news: Bag): string | undefined {
  return typeof news.profile === "string" ? news.profile : undefined;
}
