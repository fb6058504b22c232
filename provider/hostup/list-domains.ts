import { z } from "zod";
import { CURSOR_LENGTH, PAGE_ITEMS, PAGES } from "../core/bounds";
import { listOf } from "../http/list-of";
import type { HostupClient } from "./client";

const NO_ID = "not an id such as dom_01hxa3b4c5d6e7f8g9h0j1k2m3";
/** No name on the wire is longer, in whatever form it is shown. */
const NAME_LENGTH = 255;

const domain = z.object({
  id: z
    .string(NO_ID)
    .max(100, NO_ID)
    .regex(/^dom_[A-Za-z0-9]+$/, NO_ID),
  name: z.string().max(NAME_LENGTH),
});
const page = z.object({
  data: listOf(domain).refine(
    ({ length }) => length <= PAGE_ITEMS,
    `more than ${PAGE_ITEMS} domains on a page`,
  ),
  hasMore: z.boolean().nullish(),
  nextCursor: z.string().max(CURSOR_LENGTH).nullish(),
});
type Page = z.output<typeof page>;
export type Domain = z.output<typeof domain>;

/** The account's domains of one name, or all of them. https://developer.hostup.se/endpoints/domain-services/get-v2-domains */
export async function listDomains(client: HostupClient, name?: string): Promise<readonly Domain[]> {
  const found: Domain[] = [];
  const cursors: string[] = [];
  for (;;) {
    const read = await readPage(client, name, cursors);
    found.push(...read.data);
    const next = nextOf(read, cursors);
    if (next === undefined) return found;
    cursors.push(next);
  }
}

/** `cursors` are those that led here. */
function readPage(client: HostupClient, name: string | undefined, cursors: readonly string[]): Promise<Page> {
  const cursor = cursors.at(-1);
  return client.call({
    operation: name === undefined ? "list the domains of the account" : `find domain ${name}`,
    method: "GET",
    path: ["domains"],
    query: {
      ...(name === undefined ? { limit: String(PAGE_ITEMS) } : { name, limit: "50" }),
      ...(cursor === undefined ? {} : { cursor }),
    },
    result: page,
    contradiction: (read) => noEnd(read, cursors),
    permission: "read:domains",
  });
}

/** Why the list would have no end, or lack what comes after this page: a domain that is there must not look unknown. */
function noEnd(read: Page, cursors: readonly string[]): string | undefined {
  const next = nextOf(read, cursors);
  if (next === undefined)
    return read.hasMore && !read.nextCursor ? "hasMore is true, and nextCursor is missing" : undefined;
  if (cursors.includes(next)) return "nextCursor leads back to a page that was read before";
  return cursors.length + 1 >= PAGES ? `there are more than ${PAGES} pages` : undefined;
}

function nextOf({ data, hasMore, nextCursor }: Page, cursors: readonly string[]): string | undefined {
  // Nothing more comes of one that leads to itself and brings nothing.
  const isStuck = data.length === 0 && nextCursor === cursors.at(-1);
  return hasMore === false || !nextCursor || isStuck ? undefined : nextCursor;
}
