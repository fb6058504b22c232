import type * as dynamic from "@pulumi/pulumi/dynamic";
import { type Bag, handlerOf } from "./handlers";

/** A zone's or an account's. */
export const ID = "0123456789abcdef0123456789abcdef";
/** 64 bytes. */
export const SECRET = Buffer.alloc(64, 7).toString("base64");
export const octets = (count: number) => Buffer.alloc(count, 0xfb).toString("base64");

export const PROFILE = 'a name of lower-case letters, digits and hyphens, such as "eu"';
export const DOMAIN_NAME =
  "a domain name of labels with letters, digits, hyphens and underscores, 1 to 63 each, 253 in all without the final dot";
export const FLAG = "true or false";

export type Check = (inputs: Bag) => Promise<dynamic.CheckResult<Bag>>;

/** A resource's check of the inputs of a program that runs for the first time. */
export function checkOf(provider: dynamic.ResourceProvider<Bag, Bag>): Check {
  const handler = handlerOf(provider);
  return (inputs) => handler.check({}, inputs);
}

type Failure = readonly [property: string, reason: string];
type Refused = readonly [title: string, inputs: Bag, ...failures: readonly Failure[]];

/** Each row's inputs give the row's failures, all of them and no other. */
export function refuses(check: Check, rows: readonly Refused[]): void {
  test.each(rows.map(([title, ...rest]) => [title, rest] as const))(
    "%s",
    async (_title, [inputs, ...all]) => {
      const { failures } = await check(inputs);
      expect(failures).toStrictEqual(all.map(([property, reason]) => ({ property, reason })));
    },
  );
}

interface Input {
  readonly check: Check;
  readonly property: string;
  readonly allowed: string;
  /** Good inputs beside it. */
  readonly beside?: Bag;
}

/** `shown` is the value as the failure shows it, `ending` what the failure says after all that is allowed. */
type BadValue = readonly [title: string, value: unknown, shown: string, ending?: string];

/** Each row's value of this one input gives one failure, which names the input and what is allowed. */
export function refusesValues(
  { check, property, allowed, beside = {} }: Input,
  rows: readonly BadValue[],
): void {
  refuses(
    check,
    rows.map(([title, value, shown, ending = ""]) => [
      title,
      { ...beside, [property]: value },
      [property, `${property} is ${shown}; allowed: ${allowed}${ending}`],
    ]),
  );
}

type Accepted = readonly [title: string, inputs: Bag, checked: Bag];

/** Each row's inputs become what the row says, and stay so when they are checked again. */
export function accepts(check: Check, rows: readonly Accepted[]): void {
  test.each(rows)("%s", async (_title, inputs, checked) => {
    expect(await check(inputs)).toStrictEqual({ inputs: checked, failures: [] });
    expect(await check(checked)).toStrictEqual({ inputs: checked, failures: [] });
  });
}
