import { randomBytes } from "node:crypto";
import type { ApiAnswer } from "../http";
import { lookUp, type State } from "../state";
import { accountOf, type CloudflareCall, type CloudflareRoute } from "./call";
import { type ApiError, Refusal, success } from "./envelope";

interface Owned {
  readonly id: string;
  readonly accountId: string;
}

/** One of the three kinds of objects that an account has for zone transfers. */
export interface AccountObjects<Member extends Owned> {
  readonly collection: "tsigs" | "peers" | "acls";
  readonly membersOf: (state: State) => Record<string, Member>;
  readonly notFound: ApiError;
  readonly present: (member: Member, state: State) => object;
  /** What POST makes of its body. Names are not unique: the same request twice makes two. */
  readonly create: (call: CloudflareCall, owned: Owned) => Member;
  /** What PUT does to the member, in place. */
  readonly replace: (call: CloudflareCall, member: Member) => void;
  /** Throws a Refusal where DELETE must not take the member away. */
  readonly requireUnused?: (member: Member, state: State) => void;
}

const READ = ["Account Settings Read", "Account Settings Write"] as const;
const WRITE = ["Account Settings Write"] as const;

export function accountObjectRoutes<Member extends Owned>(
  kind: AccountObjects<Member>,
): readonly CloudflareRoute[] {
  const collection = `/accounts/*/secondary_dns/${kind.collection}`;
  const member = `${collection}/*`;

  function memberOf(call: CloudflareCall, accountId: string, id: string): Member {
    accountOf(call, accountId);
    const found = lookUp(kind.membersOf(call.world.state), id);
    if (found?.accountId !== accountId) throw new Refusal(404, kind.notFound);
    return found;
  }

  /** All on one page: the specification gives the lists no paging parameters. */
  function list(call: CloudflareCall, accountId: string): ApiAnswer {
    accountOf(call, accountId);
    const { state } = call.world;
    const found = Object.values(kind.membersOf(state)).filter((one) => one.accountId === accountId);
    const count = found.length;
    return success(
      found.map((one) => kind.present(one, state)),
      { page: 1, per_page: count, count, total_count: count },
    );
  }

  function create(call: CloudflareCall, accountId: string): ApiAnswer {
    accountOf(call, accountId);
    const made = kind.create(call, { id: randomBytes(16).toString("hex"), accountId });
    kind.membersOf(call.world.state)[made.id] = made;
    return success(kind.present(made, call.world.state));
  }

  function replace(call: CloudflareCall, accountId: string, id: string): ApiAnswer {
    const found = memberOf(call, accountId, id);
    kind.replace(call, found);
    return success(kind.present(found, call.world.state));
  }

  function remove(call: CloudflareCall, accountId: string, id: string): ApiAnswer {
    const found = memberOf(call, accountId, id);
    kind.requireUnused?.(found, call.world.state);
    delete kind.membersOf(call.world.state)[id];
    return success({ id });
  }

  return [
    { method: "GET", path: collection, rights: READ, handle: list },
    { method: "POST", path: collection, rights: WRITE, handle: create },
    {
      method: "GET",
      path: member,
      rights: READ,
      handle: (call, accountId: string, id: string) =>
        success(kind.present(memberOf(call, accountId, id), call.world.state)),
    },
    { method: "PUT", path: member, rights: WRITE, handle: replace },
    { method: "DELETE", path: member, rights: WRITE, handle: remove },
  ];
}
