import type * as dynamic from "@pulumi/pulumi/dynamic";
import type { Fields } from "./check";
import { dynamicProvider } from "./dynamic-provider";
import type { PropertyMap } from "./property-values";
import { ResourceCore } from "./resource-core";
import type { ResourceDefinition, SavedState } from "./resource-definition";

/** The provider that the engine talks to, for one resource. */
export function defineResource<Of extends Fields, State extends SavedState, Client>(
  definition: ResourceDefinition<Of, State, Client>,
): dynamic.ResourceProvider<PropertyMap, PropertyMap> {
  return dynamicProvider(new ResourceCore(definition));
}
