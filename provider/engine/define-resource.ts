import { isDeepStrictEqual } from "node:util";
import type * as dynamic from "@pulumi/pulumi/dynamic";
import { z } from "zod";
import { InputError, RefusedError } from "../core/errors";
import type { SettingsSource } from "../core/settings";
import { checkInputs, type Fields, type InputSchema, type InputsOf } from "./check";
import { keepingUnlessFinal, reportInitFailure } from "./init-failure";
import { conflict, forgotten, identitiesOf, sharedObject } from "./owned-object";
import { type PropertyMap, toPropertyValues } from "./property-values";
import type { CreateContext, ResourceDefinition, SavedState } from "./resource-definition";
import { type ProgramResource, RESOURCE, RunMemory } from "./run-memory";
import {
  AWAITED,
  BEFORE,
  givenInputs,
  isLookup,
  leaving,
  leftIn,
  pick,
  saved,
  seenIn,
  withGiven,
} from "./saved-outputs";
import { isUnknown } from "./unknown";

const PATHS = "__paths";

/** The provider that the engine talks to, for one resource. */
export function defineResource<Of extends Fields, State extends SavedState, Client>(
  definition: ResourceDefinition<Of, State, Client>,
): dynamic.ResourceProvider<PropertyMap, PropertyMap> {
  const {
    fields,
    secrets = [],
    rules = [],
    computedInputs = [],
    waitInput,
    object,
    settings = [],
  } = definition;
  const transient = [RESOURCE, PATHS, ...(definition.transient ?? [])];
  const schema: InputSchema<Of> = { fields, whole: z.object(fields), secrets, rules };
  const trackedInputs = Object.keys(fields).filter((key) => !computedInputs.includes(key));
  type Resource = ProgramResource<InputsOf<Of>>;
  const memory = new RunMemory<InputsOf<Of>>();
  let source: SettingsSource = { config: () => undefined, env: (name) => process.env[name] };

  /** The inputs of a create or update as check left them, and the resource that it saw them of. */
  const known = (news: PropertyMap): { inputs: InputsOf<Of>; resource: Resource | undefined } => {
    const checked = memory.resourceOf(news);
    if (checked?.parsed !== undefined) return { inputs: checked.parsed, resource: checked };
    const { inputs, failures, parsed } = checkInputs(schema, news);
    if (parsed !== undefined) return { inputs: parsed, resource: memory.resourceOf(inputs) };
    const unknown = Object.keys(inputs).filter((key) => isUnknown(inputs[key]));
    throw new InputError(
      [...failures.map(({ reason }) => reason), ...unknown.map((key) => `${key} is not known`)].join("\n"),
    );
  };
  const parseState = (props: PropertyMap): State => {
    const parsed = definition.state.safeParse(withGiven(trackedInputs, props));
    if (parsed.success) return parsed.data;
    const places = parsed.error.issues.map((issue) => issue.path.join("."));
    throw new InputError(
      `The saved state cannot be read: ${places.join(", ")}. Next: correct it with "pulumi stack export" and "pulumi stack import".`,
    );
  };

  /** Runs a create or update; one that ends half-way gives the engine what is to be saved of it. */
  const keepingHalf = <Result>(
    news: PropertyMap,
    { inputs, resource }: { readonly inputs: PropertyMap; readonly resource: Resource | undefined },
    left: readonly PropertyMap[],
    run: () => Promise<Result>,
  ): Promise<Result> =>
    reportInitFailure(run, (snapshot) => {
      const { id, outputs } = withEarlierBefore(snapshot);
      definition.seen?.(id);
      if (resource) memory.has(resource, id, outputs[BEFORE]);
      const isAwaited = waitInput !== undefined && Boolean(inputs[waitInput]);
      // It may be as it was, or as it was to be.
      const seen = pick(toPropertyValues({ ...inputs, ...outputs }), settings);
      const half = {
        ...outputs,
        ...leaving(settings, seen, [seen, ...left, pick(inputs, settings)]),
        ...(isAwaited ? { [AWAITED]: true } : {}),
      };
      // The server does not add the provider's text on this path; without it no later call could run.
      return { ...saved(trackedInputs, inputs, half), __provider: news.__provider };
    });

  /** What the state has an entry for was made by this program, and what stood there before is what that entry says. */
  const withEarlierBefore = <Made extends { readonly id: string; readonly outputs: object }>({
    id,
    outputs,
  }: Made) => {
    const entry = memory.entryOf(id);
    const made: PropertyMap = { ...outputs };
    return { id, outputs: entry === undefined ? made : { ...made, [BEFORE]: entry[BEFORE] } };
  };

  const contextOf = (resource: Resource | undefined): CreateContext => ({
    transient: resource?.transient ?? {},
    owner: resource?.name,
    isReplacing: resource?.isInState ?? false,
    holderOf: (id) => memory.holderOf(id, resource),
    mustBeFree(id) {
      const rival = memory.rivalFor(id, resource);
      if (object && rival) throw sharedObject(object, id, rival);
    },
  });

  return {
    // Not async: the server hands the provider to the next call before this one is awaited.
    configure({ config }) {
      memory.clear();
      definition.begins?.();
      source = { config: (key) => config.get(key), env: (name) => process.env[name] };
      return Promise.resolve();
    },

    async check(olds, news) {
      const isInState = Object.keys(olds).length > 0;
      const { inputs, failures, parsed } = checkInputs(
        schema,
        keepOwner(olds, omit(news, transient)),
        calledAs(news[PATHS]),
      );
      const refusal = isInState ? definition.checkUpdate?.(olds, news) : undefined;
      if (refusal !== undefined) failures.push({ property: "", reason: refusal });
      const identities = object ? identitiesOf(object, inputs) : [];
      const resource = memory.checked({
        inputs,
        transient: pick(news, transient),
        parsed,
        isInState,
        identities,
      });
      const shared = object && conflict(object, resource, memory.namesakesOf(resource));
      if (shared !== undefined) failures.push({ property: "", reason: shared });
      return { inputs, failures };
    },

    // `changes` stays out: the engine then compares old and new inputs itself, and shows which differ.
    async diff(id, olds, news) {
      const replaces = [...definition.replaces(id, parseState(olds), news)];
      definition.seen?.(id);
      memory.entry(id, olds);
      const resource = memory.resourceOf(news);
      if (resource === undefined || replaces.length > 0) return { replaces };
      const rival = memory.rivalFor(id, resource);
      if (object && rival) {
        const isSame = resource.identities.some((identity) => rival.identities.includes(identity));
        if (isSame || !object.isAdopted) throw sharedObject(object, id, rival);
        // An older release gave two resources one object. The engine replaces nothing without `changes` here.
        return { replaces: [...(object.by[0] ?? [])], changes: true };
      }
      memory.asked(resource, id, olds);
      // An input that differs has it updated anyway, and with `changes` the engine would not show which.
      const isKept = resource.has?.id === id;
      const isDue = definition.isDue?.(parseState(olds), resource.transient) ?? false;
      return isKept && isDue ? { replaces, changes: true } : { replaces };
    },

    async create(news) {
      const { inputs, resource } = known(news);
      const client = definition.connect(source, profileOf(news));
      const made = await keepingHalf(news, { inputs, resource }, [], () =>
        definition.create(client, inputs, contextOf(resource)),
      );
      const { id, outputs } = withEarlierBefore(made);
      definition.seen?.(id);
      if (resource) memory.has(resource, id, outputs[BEFORE]);
      return { id, outs: saved(trackedInputs, inputs, outputs) };
    },

    async read(id, props = {}) {
      const state = parseState(props);
      if (!isLookup(props)) definition.seen?.(id);
      const client = definition.connect(source, state.profile);
      const observed = await definition.read(client, id, state);
      if (observed === undefined) {
        memory.gone(id);
        return gone(id, props);
      }
      if (!isLookup(props)) memory.entry(id, props);
      const known = pick(observed.inputs, Object.keys(fields));
      const isAwaited = waitInput !== undefined && props[AWAITED] === true;
      const listed = givenInputs(trackedInputs, props);
      const given = Object.keys(fields).filter((key) => listed.includes(key));
      // Of what the server does not know, what was saved.
      const inputs = Object.fromEntries(given.map((key) => [key, key in known ? known[key] : props[key]]));
      const set = settings.filter((key) => given.includes(key));
      return {
        id,
        props: saved(trackedInputs, inputs, {
          ...known,
          ...observed.outputs,
          ...leaving(set, inputs, leftIn(set, props)),
          ...(isAwaited ? { [AWAITED]: true } : {}),
        }),
        inputs: toPropertyValues({
          ...inputs,
          ...observed.drift,
          ...(isAwaited ? { [waitInput]: false } : {}),
        }),
      };
    },

    async update(id, olds, news) {
      const { inputs, resource } = known(news);
      if (resource) memory.has(resource, id, olds[BEFORE]);
      const client = definition.connect(source, profileOf(news));
      const outputs = await keepingHalf(news, { inputs, resource }, leftIn(settings, olds), () =>
        definition
          .update(client, id, parseState(olds), inputs, contextOf(resource))
          .catch((error: unknown) => {
            // Or delete would take what the program itself has set for somebody else's.
            throw settings.length > 0 ? keepingUnlessFinal({ id, outputs: seenIn(olds) }, error) : error;
          }),
      );
      return { outs: saved(trackedInputs, inputs, outputs) };
    },

    async delete(id, props) {
      const user = memory.userOf(id);
      definition.seen?.(id);
      if (user) {
        const isForgotten =
          props[BEFORE] !== undefined && !isDeepStrictEqual(user.has?.before, props[BEFORE]);
        if (object && isForgotten) console.log(forgotten(object, id, props[BEFORE]));
        return;
      }
      const state = parseState(props);
      const client = definition.connect(source, state.profile);
      await definition.delete(client, id, state, { left: leftIn(settings, props) });
      memory.gone(id);
    },
  };
}

/** What the program calls the inputs, where that differs: the component's classes give it. */
function calledAs(paths: unknown): Readonly<Record<string, string>> {
  return z.record(z.string(), z.string()).safeParse(paths).data ?? {};
}

/** The owner only recognises what an earlier create left behind, so renaming a stack is no change. */
function keepOwner(olds: PropertyMap, news: PropertyMap): PropertyMap {
  return "__owner" in news && typeof olds.__owner === "string" ? { ...news, __owner: olds.__owner } : news;
}

/** An empty id tells the engine that the object is gone; where `get` looked it up, that is a mistake. */
function gone(id: string, props: PropertyMap) {
  if (!isLookup(props)) return { id: "", props: {} };
  throw new RefusedError(`Nothing exists with the id ${id}.\nNext: check the id that get was given.`);
}

function omit(bag: PropertyMap, keys: readonly string[]): PropertyMap {
  return Object.fromEntries(Object.entries(bag).filter(([key]) => !keys.includes(key)));
}

function profileOf(news: PropertyMap): string | undefined {
  return typeof news.profile === "string" ? news.profile : undefined;
}
