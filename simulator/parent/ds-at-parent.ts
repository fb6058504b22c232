import { isDeepStrictEqual } from "node:util";
import { namesOurKey, ourDs } from "../cloudflare/zone-key";
import type { Zone } from "../state";

/**
 * Keeps `dsAtParent` and `parent.ds` of one mind. `dsAtParent` says whether the parent's DS set names
 * Cloudflare's key: it follows the set. Where it alone was changed, it is an order to the registrar
 * instead, and Cloudflare's DS is put into the set or taken out of it.
 */
export function settleDsAtParent(zone: Zone, before: Zone | undefined): void {
  const { parent, name } = zone;
  const isThere = namesOurKey(parent.ds, name);
  if (isThere === zone.dsAtParent) return;
  const isOrder =
    zone.dsAtParent !== (before?.dsAtParent ?? false) &&
    isDeepStrictEqual(parent.ds, before?.parent.ds ?? []);
  if (!isOrder) zone.dsAtParent = isThere;
  else if (zone.dsAtParent) parent.ds.push(ourDs(name));
  else parent.ds = parent.ds.filter((ds) => !namesOurKey([ds], name));
}
