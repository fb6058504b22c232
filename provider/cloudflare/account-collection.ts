import { z } from "zod";
import { listOf } from "../http/list-of";
import { type CloudflareClient, unlessGone } from "./client";
import { asSent, contradiction } from "./contradiction";
import { inAccount, RecentObjects } from "./recent-objects";
import { SharedLists } from "./shared-list";

/** By the API's own names. */
type Fields = Readonly<Record<string, unknown>>;

export interface Named {
  readonly name: string;
}

export interface Identified extends Named {
  readonly id: string;
}

/** One kind of the objects that zone transfers keep in an account. `First` is what a create sends of them. */
interface Kind<Item extends Identified, Content extends Named, First extends Named> {
  readonly collection: "acls" | "peers" | "tsigs";
  readonly called: { readonly one: string; readonly many: string };
  readonly item: z.ZodType<Item>;
  bodyOf(content: Content | First): Fields;
  /** In a form in which equal means the same. */
  comparable(object: Item | Content | First): Fields;
}

const READ = "Account Settings Read";
const WRITE = "Account Settings Write";

export type AccountCollection<
  Item extends Identified,
  Content extends Named,
  First extends Named,
> = ReturnType<typeof accountCollection<Item, Content, First>>;

/** https://developers.cloudflare.com/api/resources/dns/subresources/zone_transfers/ */
export function accountCollection<
  Item extends Identified,
  Content extends Named,
  First extends Named = Content,
>({ collection, called, item, bodyOf, comparable }: Kind<Item, Content, First>) {
  /** What this run has written of them. */
  const recent = new RecentObjects<Item>();
  const lists = new SharedLists<Item>();
  const path = (accountId: string, ...id: string[]) => [
    "accounts",
    accountId,
    "secondary_dns",
    collection,
    ...id,
  ];
  const noted = (client: CloudflareClient, accountId: string, made: Item) =>
    recent.note(client, inAccount(accountId, made.id), made);

  async function written<Result>(
    client: CloudflareClient,
    accountId: string,
    write: () => Promise<Result>,
  ): Promise<Result> {
    try {
      return await write();
    } finally {
      lists.forget(client, accountId);
    }
  }

  function list(client: CloudflareClient, accountId: string): Promise<Item[]> {
    return client.call({
      operation: `list the ${called.many} of account ${accountId}`,
      method: "GET",
      path: path(accountId),
      result: listOf(item),
      permission: READ,
    });
  }

  /** The same for the many that look at nearly the same time. */
  function listShared(client: CloudflareClient, accountId: string): Promise<Item[]> {
    return lists.get(client, accountId, () => list(client, accountId));
  }

  /** `undefined`: none has this id. */
  function get(client: CloudflareClient, accountId: string, id: string): Promise<Item | undefined> {
    return unlessGone(
      client.call({
        operation: `read ${called.one} ${id} of account ${accountId}`,
        method: "GET",
        path: path(accountId, id),
        result: item,
        contradiction: (found) => contradiction({ id }, { id: found.id }),
        permission: READ,
      }),
    );
  }

  /** As this process has just written it, else read now: for a look at the primary, of which a run has several. */
  async function getRecent(
    client: CloudflareClient,
    accountId: string,
    id: string,
  ): Promise<Item | undefined> {
    return recent.find(client, inAccount(accountId, id)) ?? (await get(client, accountId, id));
  }

  /**
   * Not idempotent: names are not unique, so a second call makes a second one. When the response is lost, `look` finds
   * what was made. `title` is what an error calls it.
   */
  async function create(
    client: CloudflareClient,
    accountId: string,
    first: First,
    look: () => Promise<Item | undefined>,
    title = first.name,
  ): Promise<Item> {
    const body = bodyOf(first);
    const call = () =>
      client.call({
        operation: `create ${called.one} "${title}" in account ${accountId}`,
        method: "POST",
        path: path(accountId),
        body,
        result: item,
        contradiction: otherThan(body, first),
        permission: WRITE,
        again: { kind: "recover", look, makesAnother: true },
      });
    return noted(client, accountId, await written(client, accountId, call));
  }

  /** Replaces everything but the id: whether a field that is left out is kept is not documented. */
  async function replace(
    client: CloudflareClient,
    accountId: string,
    id: string,
    content: Content,
  ): Promise<Item> {
    recent.forget(client, inAccount(accountId, id));
    const body = bodyOf(content);
    const otherThanSent = (found: Item) =>
      contradiction({ id }, { id: found.id }) ?? otherThan(body, content)(found);
    const call = () =>
      client.call({
        operation: `update ${called.one} "${content.name}" (${id}) in account ${accountId}`,
        method: "PUT",
        path: path(accountId, id),
        body,
        result: item,
        contradiction: otherThanSent,
        permission: WRITE,
        again: {
          kind: "repeat",
          look: async () => asSent(await get(client, accountId, id), otherThanSent),
        },
      });
    return noted(client, accountId, await written(client, accountId, call));
  }

  /** Succeeds when it is already gone. */
  async function remove(client: CloudflareClient, accountId: string, id: string): Promise<void> {
    recent.forget(client, inAccount(accountId, id));
    const call = () =>
      client.call({
        operation: `delete ${called.one} ${id} of account ${accountId}`,
        method: "DELETE",
        path: path(accountId, id),
        result: z.unknown(),
        permission: WRITE,
      });
    await unlessGone(written(client, accountId, call));
  }

  /** Of what was sent alone: what a create leaves out is for the service to fill in. */
  function otherThan(body: Fields, sent: Content | First): (found: Item) => string | undefined {
    const all = comparable(sent);
    const fields = Object.fromEntries(Object.keys(body).map((key) => [key, all[key]]));
    return (found) => contradiction(fields, comparable(found));
  }

  return {
    list,
    listShared,
    get,
    getRecent,
    create,
    replace,
    remove,
    forgetAll() {
      recent.forgetAll();
      lists.forgetAll();
    },
  };
}
