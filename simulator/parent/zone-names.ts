import { formatName, type Name } from "../dns/name";
import type { Zone } from "../state";

/** Equal for names that are the same to DNS, with or without the last dot. */
export function plainName(text: string): string {
  return text.toLowerCase().replace(/\.$/, "");
}

export function zoneCalled(name: Name, zones: Readonly<Record<string, Zone>>): Zone | undefined {
  const wanted = plainName(formatName(name));
  return Object.values(zones).find((zone) => plainName(zone.name) === wanted);
}

/** The name above a zone, where its delegation stands; "" is the root. */
export function parentNameOf({ name }: Zone): string {
  return plainName(name).split(".").slice(1).join(".");
}

/** Whether the name is the parent of a zone, and none of the zones itself. */
export function isParentZone(name: Name, zones: Readonly<Record<string, Zone>>): boolean {
  const wanted = plainName(formatName(name));
  const all = Object.values(zones);
  return (
    all.some((zone) => parentNameOf(zone) === wanted) && !all.some((zone) => plainName(zone.name) === wanted)
  );
}
