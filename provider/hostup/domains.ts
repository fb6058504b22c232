import { domainToUnicode } from "node:url";
import { RefusedError } from "../core/errors";
import { undottedALabels } from "../dns/domain-name";
import type { HostupClient } from "./client";
import { type Domain, listDomains } from "./list-domains";

/** So long after its answer a question still tells of the moment: the creates of one `up` come close together. */
const FRESH = 2_000;

interface Question {
  readonly answer: Promise<readonly Domain[]>;
  freshUntil: number;
}

/** The domains of one account by name. Who comes alone asks for the name; many at a time share a list. */
class DomainNames {
  #first: Question | undefined;
  #list: Question | undefined;

  constructor(private readonly client: HostupClient) {}

  async find(name: string): Promise<readonly Domain[]> {
    if (!isFresh(this.#first) && !isFresh(this.#list)) {
      this.#first = asked(this.byName(name));
      return this.#first.answer;
    }
    if (!isFresh(this.#list)) this.#list = asked(listDomains(this.client));
    const found = named(name, await this.#list.answer);
    // A cut list must not look like a domain that does not exist.
    return found.length > 0 ? found : this.byName(name);
  }

  /** Which form of an internationalised name HostUp knows is not documented. */
  private async byName(name: string): Promise<readonly Domain[]> {
    const found = named(name, await listDomains(this.client, name));
    const unicode = domainToUnicode(name);
    if (found.length > 0 || unicode === name || unicode === "") return found;
    return named(name, await listDomains(this.client, unicode));
  }
}

/** Whatever form their names are shown in. */
function named(name: string, domains: readonly Domain[]): Domain[] {
  return domains.filter((domain) => undottedALabels(domain.name) === name);
}

/** Fresh while it is under way and shortly after; a failure is not remembered. */
function asked(answer: Question["answer"]): Question {
  const question: Question = { answer, freshUntil: Number.POSITIVE_INFINITY };
  const stayFresh = (milliseconds: number) => () => {
    question.freshUntil = Date.now() + milliseconds;
  };
  answer.then(stayFresh(FRESH), stayFresh(0));
  return question;
}

function isFresh(question: Question | undefined): question is Question {
  return question !== undefined && Date.now() < question.freshUntil;
}

/** The name of a domain where nothing else says it: HostUp's answers on its DNSSEC may leave it out. */
export async function findDomainName(client: HostupClient, id: string): Promise<string> {
  const domain = (await listDomains(client)).find((each) => each.id === id);
  if (domain !== undefined) return undottedALabels(domain.name);
  throw new RefusedError(
    `HostUp does not say the name of domain ${id}, so nothing tells whose DS records belong there.\nNext: set domainName in place of domainId.`,
  );
}

const accounts = new WeakMap<HostupClient, DomainNames>();

/** The id of a domain, looked up by its exact name. */
export async function findDomainId(client: HostupClient, name: string): Promise<string> {
  const account = accounts.get(client) ?? new DomainNames(client);
  accounts.set(client, account);
  // Pages that change while they are read can show a domain twice.
  const [id, ...others] = new Set((await account.find(name)).map((domain) => domain.id));
  if (id === undefined) {
    throw new RefusedError(
      `HostUp knows no domain ${name} in this account.\nNext: check domainName, or that the API key belongs to the domain's account.`,
    );
  }
  if (others.length > 0) {
    throw new RefusedError(
      `HostUp has several domains called ${name}: ${[id, ...others].join(", ")}.\nNext: set domainId to the one you mean.`,
    );
  }
  return id;
}
