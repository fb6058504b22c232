import type { z } from "zod";
import type { SettingsSource } from "../core/settings";
import type { Fields, InputsOf, Rule } from "./check";
import type { Snapshot } from "./init-failure";
import type { OwnedObject } from "./owned-object";
import type { PropertyMap } from "./property-values";
import type { Holder } from "./run-memory";

export interface Observation {
  readonly outputs: object;
  /** The server's view under the names of the inputs: where it differs from the program, drift shows. */
  readonly inputs: PropertyMap;
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
  readonly transient: PropertyMap;
  /** The resource in its project and stack, as a URN; nothing of an older class. */
  readonly owner: string | undefined;
}

export interface CreateContext<State> extends RunContext {
  /** The state has an object for this resource, which still stands there and may be just like the new one. */
  readonly isReplacing: boolean;
  /** What the state has for the object of this id, as far as the engine has shown: with `--refresh` it shows all. */
  savedOf(id: string): State | undefined;
  /** Who has the object of this id already, as far as the engine has shown. */
  holderOf(id: string): Holder;
  /** Throws when another resource of the program has the object of this id. */
  mustBeFree(id: string): void;
}

export interface DeleteContext {
  /**
   * What the program last set of `settings`. More than one after a change of which nobody knows whether it was made.
   * What somebody else changed since is not in it, refreshed or not.
   */
  readonly left: readonly PropertyMap[];
}

/** One resource: its inputs, what it reads back from state, and what its calls do. */
export interface ResourceDefinition<Of extends Fields, State extends SavedState, Client> {
  readonly fields: Of;
  readonly secrets?: readonly (keyof Of & string)[];
  readonly rules?: readonly Rule[];
  /**
   * Inputs that the class gives for one run alone: `check` takes them out, so that no preview and no state has them.
   * Pulumi's own resources have members such as `__name`, which an input of that name would replace.
   */
  readonly transient?: readonly string[];
  /** The object that only one resource of a program may have. */
  readonly object?: OwnedObject<keyof Of & string>;
  /**
   * Inputs that are as a rule left out, and then stand in the outputs without having been given. Older
   * states are read by this list, so it never changes.
   */
  readonly computedInputs?: readonly (keyof Of & string)[];
  /** The input that says how long create and update wait for something, or false. */
  readonly waitInput?: keyof Of & string;
  /** The inputs by which delete tells whether something still is as the program left it. */
  readonly settings?: readonly (keyof Of & string)[];
  /**
   * The part of the saved outputs that the methods below need, lenient to what older releases saved.
   * `__inputs`, the inputs that the program gave, is there whether saved or not, save where `get` looks it up now.
   */
  readonly state: z.ZodType<State>;
  /** Made when a call is due, not before: a preview needs no credentials. */
  connect(settings: SettingsSource, profile: string | undefined): Client;
  /** Asked at `check` of a resource that the state has already: why its new inputs are refused, of which it sees the transient ones too. */
  checkUpdate?(olds: PropertyMap, news: PropertyMap): string | undefined;
  /**
   * Told of each object that the program or its state has, as soon as the engine asks about it; `wanted` where it says
   * how that is to be, and with it what the state has of one that stays.
   */
  seen?(id: string, wanted?: PropertyMap, state?: State): void;
  /** The inputs whose new values another object must take, given the values that are known. */
  replaces(id: string, state: State, news: PropertyMap): readonly string[];
  /** A line for a preview about a change that may do harm, from what the state knows: nobody is asked. */
  warns?(state: State, news: PropertyMap): string | undefined;
  /** Whether an update is due though no input has changed, since what stood in its way is said to be gone. */
  isDue?(state: State, transient: PropertyMap): boolean;
  create(client: Client, inputs: InputsOf<Of>, context: CreateContext<State>): Promise<Snapshot>;
  /** `undefined`: the object is gone. */
  read(client: Client, id: string, state: State): Promise<Observation | undefined>;
  update(
    client: Client,
    id: string,
    state: State,
    inputs: InputsOf<Of>,
    context: RunContext,
  ): Promise<object>;
  delete(client: Client, id: string, state: State, context: DeleteContext): Promise<void>;
}
