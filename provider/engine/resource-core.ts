import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { type CallScope, inScope, say } from "../core/call-scope";
import { InputError, type SecondaryDnsError } from "../core/errors";
import type { SettingsSource } from "../core/settings";
import { type CheckFailure, checkInputs, type Fields, type InputSchema, type InputsOf } from "./check";
import { InitFailure, keepingUnlessFinal, type Snapshot } from "./init-failure";
import { conflict, forgotten, identitiesOf, sharedObject } from "./owned-object";
import { type PropertyMap, toPropertyValues } from "./property-values";
import type { CreateContext, ResourceDefinition, SavedState } from "./resource-definition";
import { type ProgramResource, RunMemory } from "./run-memory";
import { AWAITED, BEFORE, GIVEN, leaving, leftIn, pick, type SavedObject, seenIn } from "./saved-outputs";
import { isUnknown } from "./unknown";

/** What comes with a call, whichever way the engine makes it. */
export interface CallContext<Inputs> extends CallScope {
  readonly settings: SettingsSource;
  /** The resource of the program that it is about, as `check` saw it; nothing where that cannot be told. */
  readonly resource: ProgramResource<Inputs> | undefined;
}

/** What `check` is asked about. */
export interface Asked {
  /** The inputs, without those that are for this run alone. */
  readonly news: PropertyMap;
  readonly transient: PropertyMap;
  /** Both, as the class gave them. */
  readonly raw: PropertyMap;
  /** What the program calls the inputs, where that differs. */
  readonly paths: Readonly<Record<string, string>>;
  /** The inputs of before, of a resource that the state has. */
  readonly olds: PropertyMap | undefined;
}

/** What a create or update came to. */
export interface Outcome {
  readonly saved: SavedObject;
  /** Why the object is there and not as wanted yet: the next `up` resumes from what is saved. */
  readonly failure?: SecondaryDnsError;
}

/** What read has found. */
export interface Found {
  readonly saved: SavedObject;
  readonly inputs: PropertyMap;
}

/** What one resource's calls do, free of the form in which an engine makes them. */
export class ResourceCore<Of extends Fields, State extends SavedState, Client> {
  readonly memory = new RunMemory<InputsOf<Of>>();
  readonly #schema: InputSchema<Of>;
  readonly #settings: readonly string[];

  constructor(readonly definition: ResourceDefinition<Of, State, Client>) {
    const { fields, secrets = [], rules = [], settings = [] } = definition;
    this.#schema = { fields, whole: z.object(fields), secrets, rules };
    this.#settings = settings;
  }

  /** A run of the engine begins. */
  begin(): void {
    this.memory.clear();
  }

  check({ news, transient, raw, paths, olds }: Asked): {
    readonly inputs: PropertyMap;
    readonly failures: CheckFailure[];
  } {
    const { object, checkUpdate } = this.definition;
    const { inputs, failures, parsed } = checkInputs(this.#schema, news, paths);
    const refusal = olds && checkUpdate?.(olds, raw);
    if (refusal !== undefined) failures.push({ property: "", reason: refusal });
    const identities = object ? identitiesOf(object, inputs) : [];
    const isInState = olds !== undefined;
    const resource = this.memory.checked({ inputs, transient, parsed, isInState, identities });
    const shared = object && conflict(object, resource, this.memory.namesakesOf(resource));
    if (shared !== undefined) failures.push({ property: "", reason: shared });
    return { inputs, failures };
  }

  /** `isDue`: it differs though no input may. `warning`: a line about it. */
  diff(
    { resource }: CallContext<InputsOf<Of>>,
    saved: SavedObject,
    news: PropertyMap,
  ): {
    readonly replaces: readonly string[];
    readonly isDue: boolean;
    readonly warning?: string | undefined;
  } {
    const { definition, memory } = this;
    const { id, outputs } = saved;
    const state = this.#stateOf(saved);
    const replaces = definition.replaces(id, state, news);
    definition.seen?.(id, news, state);
    memory.entry(id, outputs);
    if (resource === undefined || replaces.length > 0) return { replaces, isDue: false };
    const { object } = definition;
    const rival = memory.rivalFor(id, resource);
    if (object && rival) {
      const isSame = resource.identities.some((identity) => rival.identities.includes(identity));
      if (isSame || !object.isAdopted) throw sharedObject(object, id, rival);
      // An older release gave two resources one object.
      return { replaces: object.by[0] ?? [], isDue: true };
    }
    memory.asked(resource, id, outputs);
    // An input that differs has it updated anyway.
    const isKept = resource.has?.id === id;
    return {
      replaces,
      isDue: isKept && (definition.isDue?.(state, resource.transient) ?? false),
      warning: definition.warns?.(state, news),
    };
  }

  create(call: CallContext<InputsOf<Of>>, news: PropertyMap): Promise<Outcome> {
    return inScope(call, () => this.#create(call, news));
  }

  /** `undefined`: the object is gone. `inputs` are those that the program would have given for what is there. */
  read(call: CallContext<InputsOf<Of>>, saved: SavedObject): Promise<Found | undefined> {
    return inScope(call, () => this.#read(call, saved));
  }

  update(call: CallContext<InputsOf<Of>>, saved: SavedObject, news: PropertyMap): Promise<Outcome> {
    return inScope(call, () => this.#update(call, saved, news));
  }

  delete(call: CallContext<InputsOf<Of>>, saved: SavedObject): Promise<void> {
    return inScope({ ...call, isDeletion: true }, () => this.#delete(call, saved));
  }

  async #create(call: CallContext<InputsOf<Of>>, news: PropertyMap): Promise<Outcome> {
    const { inputs, resource } = this.#known(call, news);
    const client = this.definition.connect(call.settings, profileOf(news));
    return this.#keepingHalf({ inputs, resource, left: [] }, async () => {
      const { id, outputs } = this.#withEarlierBefore(
        await this.definition.create(client, inputs, this.#contextOf(resource)),
      );
      this.definition.seen?.(id, news);
      if (resource) this.memory.has(resource, id, outputs[BEFORE]);
      return { id, outputs };
    });
  }

  async #read(
    { settings: source }: CallContext<InputsOf<Of>>,
    saved: SavedObject,
  ): Promise<Found | undefined> {
    const { definition, memory } = this;
    const { fields, waitInput } = definition;
    const { id, isLookup, outputs } = saved;
    const state = this.#stateOf(saved);
    if (!isLookup) definition.seen?.(id);
    const observed = await definition.read(definition.connect(source, state.profile), id, state);
    if (observed === undefined) {
      memory.gone(id);
      return undefined;
    }
    if (!isLookup) memory.entry(id, outputs);
    const known = pick(observed.inputs, Object.keys(fields));
    const given = Object.keys(fields).filter((key) => saved.given.includes(key));
    // Of what the server does not know, what was saved.
    const inputs = Object.fromEntries(given.map((key) => [key, key in known ? known[key] : outputs[key]]));
    const set = this.#settings.filter((key) => given.includes(key));
    const isAwaited = waitInput !== undefined && outputs[AWAITED] === true;
    return {
      saved: savedObject(id, inputs, {
        ...known,
        ...observed.outputs,
        ...leaving(set, inputs, leftIn(set, outputs)),
        ...(isAwaited ? { [AWAITED]: true } : {}),
      }),
      inputs: { ...inputs, ...observed.drift, ...(isAwaited ? { [waitInput]: false } : {}) },
    };
  }

  async #update(call: CallContext<InputsOf<Of>>, saved: SavedObject, news: PropertyMap): Promise<Outcome> {
    const { id, outputs } = saved;
    const { inputs, resource } = this.#known(call, news);
    if (resource) this.memory.has(resource, id, outputs[BEFORE]);
    const client = this.definition.connect(call.settings, profileOf(news));
    const left = leftIn(this.#settings, outputs);
    return this.#keepingHalf({ inputs, resource, left }, async () => ({
      id,
      outputs: await this.definition
        .update(client, id, this.#stateOf(saved), inputs, this.#contextOf(resource))
        .catch((error: unknown) => {
          // Or delete would take what the program itself has set for somebody else's.
          throw this.#settings.length > 0
            ? keepingUnlessFinal({ id, outputs: seenIn(outputs) }, error)
            : error;
        }),
    }));
  }

  async #delete({ settings: source }: CallContext<InputsOf<Of>>, saved: SavedObject): Promise<void> {
    const { definition, memory } = this;
    const { id, outputs } = saved;
    const user = memory.userOf(id);
    definition.seen?.(id);
    if (user) {
      const before = outputs[BEFORE];
      const isForgotten = before !== undefined && !isDeepStrictEqual(user.has?.before, before);
      if (definition.object && isForgotten) say(forgotten(definition.object, id, before));
      return;
    }
    const state = this.#stateOf(saved);
    const client = definition.connect(source, state.profile);
    await definition.delete(client, id, state, { left: leftIn(this.#settings, outputs) });
    memory.gone(id);
  }

  /** The inputs of a create or update as check left them, and the resource that it saw them of. */
  #known(call: CallContext<InputsOf<Of>>, news: PropertyMap) {
    const checked = call.resource;
    if (checked?.parsed !== undefined) return { inputs: checked.parsed, resource: checked };
    const { inputs, failures, parsed } = checkInputs(this.#schema, news);
    if (parsed !== undefined) return { inputs: parsed, resource: this.memory.resourceOf(inputs) };
    const unknown = Object.keys(inputs).filter((key) => isUnknown(inputs[key]));
    throw new InputError(
      [...failures.map(({ reason }) => reason), ...unknown.map((key) => `${key} is not known`)].join("\n"),
    );
  }

  #stateOf({ given, isLookup, outputs }: SavedObject): State {
    const parsed = this.definition.state.safeParse(isLookup ? outputs : { ...outputs, [GIVEN]: given });
    if (parsed.success) return parsed.data;
    const places = parsed.error.issues.map((issue) => issue.path.join("."));
    throw new InputError(
      `The saved state of this resource cannot be read: ${places.join(", ")}.\nNext: correct these properties with "pulumi stack export" and "pulumi stack import"; or remove the resource with "pulumi state delete", and let the next "pulumi up" take its object over.`,
    );
  }

  /** Runs a create or update; of one that ends half-way it gives what is to be saved, and why. */
  async #keepingHalf(
    { inputs, resource, left }: Running<InputsOf<Of>>,
    run: () => Promise<Snapshot>,
  ): Promise<Outcome> {
    try {
      const { id, outputs } = await run();
      return { saved: savedObject(id, inputs, outputs) };
    } catch (error) {
      if (!(error instanceof InitFailure)) throw error;
      const { id, outputs } = this.#withEarlierBefore(error.snapshot);
      this.definition.seen?.(id);
      if (resource) this.memory.has(resource, id, outputs[BEFORE]);
      const { waitInput } = this.definition;
      const isAwaited = waitInput !== undefined && Boolean(pick(inputs, [waitInput])[waitInput]);
      // It may be as it was, or as it was to be.
      const seen = pick(toPropertyValues({ ...inputs, ...outputs }), this.#settings);
      const half = {
        ...outputs,
        ...leaving(this.#settings, seen, [seen, ...left, pick(inputs, this.#settings)]),
        ...(isAwaited ? { [AWAITED]: true } : {}),
      };
      return { saved: savedObject(id, inputs, half), failure: error.reason };
    }
  }

  /** What the state has an entry for was made by this program, and what stood there before is what that entry says. */
  #withEarlierBefore({ id, outputs }: Snapshot): { readonly id: string; readonly outputs: PropertyMap } {
    const entry = this.memory.entryOf(id);
    const made: PropertyMap = { ...outputs };
    return { id, outputs: entry === undefined ? made : { ...made, [BEFORE]: entry[BEFORE] } };
  }

  #contextOf(resource: ProgramResource<InputsOf<Of>> | undefined): CreateContext<State> {
    return {
      transient: resource?.transient ?? {},
      owner: resource?.name,
      isReplacing: resource?.isInState ?? false,
      savedOf: (id) => {
        const outputs = this.memory.entryOf(id);
        return outputs && this.definition.state.safeParse(outputs).data;
      },
      holderOf: (id) => this.memory.holderOf(id, resource),
      mustBeFree: (id) => {
        const { object } = this.definition;
        const rival = this.memory.rivalFor(id, resource);
        if (object && rival) throw sharedObject(object, id, rival);
      },
    };
  }
}

interface Running<Inputs> {
  readonly inputs: Inputs;
  readonly resource: ProgramResource<Inputs> | undefined;
  /** What the program had set before. */
  readonly left: readonly PropertyMap[];
}

function savedObject(id: string, inputs: PropertyMap, outputs: object): SavedObject {
  return { id, given: Object.keys(inputs), isLookup: false, outputs: { ...inputs, ...outputs } };
}

function profileOf({ profile }: PropertyMap): string | undefined {
  return typeof profile === "string" ? profile : undefined;
}
