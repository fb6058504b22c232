import type { Account } from "../state";
import { accountOf, type CloudflareRoute } from "./call";
import { success } from "./envelope";
import { onePage } from "./paging";

const MADE_ON = "2024-01-01T00:00:00.000000Z";

function present({ id, name }: Account): object {
  const settings = { enforce_twofactor: false, default_nameservers: "cloudflare.standard" };
  return { id, name, type: "standard", settings, created_on: MADE_ON };
}

const READ = ["Account Settings Read", "Account Settings Write"] as const;

/** https://developers.cloudflare.com/api/resources/accounts/ */
export const accountRoutes: readonly CloudflareRoute[] = [
  {
    method: "GET",
    path: "/accounts",
    rights: READ,
    handle: ({ request, world }) => {
      const name = request.query.get("name");
      const all = Object.values(world.state.accounts);
      return onePage(
        request.query,
        all.filter((account) => name === null || account.name === name),
        present,
      );
    },
  },
  {
    method: "GET",
    path: "/accounts/*",
    rights: READ,
    handle: (call, accountId: string) => success(present(accountOf(call, accountId))),
  },
];
