import type * as dynamic from "@pulumi/pulumi/dynamic";
import { z } from "zod";
import { PRINTED } from "../core/call-scope";
import { RefusedError } from "../core/errors";
import type { SettingsSource } from "../core/settings";
import type { Fields, InputsOf } from "./check";
import { asInitError } from "./init-failure";
import { type PropertyMap, toPropertyValues } from "./property-values";
import type { CallContext, Outcome, ResourceCore } from "./resource-core";
import type { SavedState } from "./resource-definition";
import { RESOURCE } from "./run-memory";
import { fromProperties, pick, toProperties } from "./saved-outputs";
import { UNKNOWN } from "./unknown";

const PATHS = "__paths";
const OUTPUTS = "__outputs";
/** Made once: `check` runs for each resource. */
const outputCounts = z.record(z.string(), z.number());
const calledNames = z.record(z.string(), z.string());

/** A resource as Pulumi's server of dynamic providers calls it, which tells neither which resource it is nor what its inputs were. */
export function dynamicProvider<Of extends Fields, State extends SavedState, Client>(
  core: ResourceCore<Of, State, Client>,
): dynamic.ResourceProvider<PropertyMap, PropertyMap> {
  const { fields, computedInputs = [], transient: more = [] } = core.definition;
  const transient = [RESOURCE, PATHS, OUTPUTS, ...more];
  const trackedInputs = Object.keys(fields).filter((key) => !computedInputs.includes(key));
  const savedFrom = (id: string, props: PropertyMap) => fromProperties(trackedInputs, id, props);
  let settings: SettingsSource = { config: () => undefined, env: (name) => process.env[name] };
  const callFor = (news: PropertyMap | undefined): CallContext<InputsOf<Of>> => ({
    // The server is not told when the engine is interrupted.
    ...PRINTED,
    settings,
    resource: news && core.memory.resourceOf(news),
  });
  const outsOf = ({ saved, failure }: Outcome, { __provider }: PropertyMap) => {
    const outs = toProperties(trackedInputs, saved);
    if (failure === undefined) return outs;
    // The server does not add the provider's text on this path; without it no later call could run.
    throw asInitError(saved.id, { ...outs, __provider }, failure);
  };

  return {
    // Not async: the server hands the provider to the next call before this one is awaited.
    configure({ config }) {
      core.begin();
      settings = { config: (key) => config.get(key), env: (name) => process.env[name] };
      return Promise.resolve();
    },

    async check(olds, news) {
      const isInState = Object.keys(olds).length > 0;
      const failed = missingOutputs(fields, news);
      const unknown = Object.fromEntries(failed.map((key) => [key, UNKNOWN]));
      const { inputs, failures } = core.check({
        news: { ...keepOwner(olds, omit(news, transient)), ...unknown },
        transient: pick(news, transient),
        raw: { ...news, ...unknown },
        paths: calledAs(news[PATHS]),
        olds: isInState ? olds : undefined,
      });
      // Only a preview may give back what is not known.
      return { inputs: omit(inputs, failed), failures };
    },

    // `changes` stays out: the engine then compares old and new inputs itself, and shows which differ.
    async diff(id, olds, news) {
      const call = callFor(news);
      const { replaces, isDue, warning } = core.diff(call, savedFrom(id, olds), news);
      if (warning !== undefined) call.say(warning);
      return isDue ? { replaces: [...replaces], changes: true } : { replaces: [...replaces] };
    },

    async create(news) {
      const made = await core.create(callFor(news), news);
      return { id: made.saved.id, outs: outsOf(made, news) };
    },

    async read(id, props = {}) {
      const saved = savedFrom(id, props);
      const found = await core.read(callFor(undefined), saved);
      if (found === undefined) return gone(saved);
      return { id, props: toProperties(trackedInputs, found.saved), inputs: toPropertyValues(found.inputs) };
    },

    async update(id, olds, news) {
      return { outs: outsOf(await core.update(callFor(news), savedFrom(id, olds), news), news) };
    },

    async delete(id, props) {
      await core.delete(callFor(undefined), savedFrom(id, props));
    },
  };
}

/** The inputs without which there is nothing to check, and that come from a resource which has failed in this run. */
function missingOutputs(fields: Fields, news: PropertyMap): string[] {
  const counts = outputCounts.safeParse(news[OUTPUTS]).data ?? {};
  return Object.entries(counts).flatMap(([key, count]) => {
    const value = news[key];
    const isMissing = value === undefined && fields[key]?.safeParse(undefined).success === false;
    return isMissing || (Array.isArray(value) && value.length < count) ? [key] : [];
  });
}

/** The component's classes give it. */
function calledAs(paths: unknown): Readonly<Record<string, string>> {
  return calledNames.safeParse(paths).data ?? {};
}

/** The owner only recognises what an earlier create left behind, so renaming a stack is no change. */
function keepOwner(olds: PropertyMap, news: PropertyMap): PropertyMap {
  return "__owner" in news && typeof olds.__owner === "string" ? { ...news, __owner: olds.__owner } : news;
}

/** An empty id tells the engine that the object is gone; where `get` looked it up, that is a mistake. */
function gone({ id, isLookup }: { readonly id: string; readonly isLookup: boolean }) {
  if (!isLookup) return { id: "", props: {} };
  throw new RefusedError(`Nothing exists with the id ${id}.\nNext: check the id that get was given.`);
}

function omit(properties: PropertyMap, keys: readonly string[]): PropertyMap {
  return Object.fromEntries(Object.entries(properties).filter(([key]) => !keys.includes(key)));
}
