import { spawn } from "node:child_process";
import { join } from "node:path";
import { bindServer } from "../support/dns-server-bind";
import { knotServer } from "../support/dns-server-knot";
import { nsdServer } from "../support/dns-server-nsd";
import { powerdnsServer } from "../support/dns-server-powerdns";
import { describeEach } from "../support/with-each";

interface Told {
  readonly code: number | null;
  readonly text: string;
}

function demo(...args: string[]): Promise<Told> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join("tools", "demo.mjs"), ...args]);
    let text = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
      });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, text }));
  });
}

const SERVERS = [bindServer, knotServer, nsdServer, powerdnsServer];

describeEach(
  SERVERS,
  ({ name }) => name,
  ({ name }) => {
    test("is the demo's primary from the first preview to the last destroy, at 80 columns", async () => {
      const { code, text } = await demo("--primary", name);
      expect({ code, text }).toEqual({
        code: 0,
        text: expect.stringMatching(/\nDone: \d+ API calls in all/),
      });
      expect(text).toContain(`what primaryConfig has for ${SERVER_NAMES[name]} begins so`);
      expect(text).toContain("…");
      expect(text).toMatch(/A resolver has from the parent: DS \d+ 13 2\s+[0-9A-F]{64}\n/);
      expect(text).toContain("A through the resolver, by that DS");
      for (const step of text.split(/^\d+\. /m)) expect(listedIn(step)).toEqual(countedIn(step));
      // A digest is one word, and stays in one piece.
      expect(text.split("\n").filter((line) => line.length > 80 && line.trim().includes(" "))).toEqual([]);
    });
  },
);

type Counts = Readonly<Record<"+" | "~" | "-", number>>;

/** Resources that a step of the story names, by what became of them. */
function listedIn(step: string): Counts {
  const done = [...step.matchAll(/^ {3}([-+~]) {2}\S+ \S+ (\w+)/gm)].filter(
    ([, , what]) => what !== "refresh",
  );
  return counts((sign) => done.filter(([, each]) => each === sign).length);
}

/** What the CLI says that they were. */
function countedIn(step: string): Counts {
  const told = [...step.matchAll(/^ {3}([-+~]) (\d+) (?:to )?\w+$/gm)];
  return counts((sign) =>
    told.reduce((sum, [, each, count]) => sum + (each === sign ? Number(count) : 0), 0),
  );
}

function counts(of: (sign: string) => number): Counts {
  return { "+": of("+"), "~": of("~"), "-": of("-") };
}

const SERVER_NAMES = { bind: "BIND", knot: "Knot", nsd: "NSD", powerdns: "PowerDNS" };

// The second is what every object has.
test.each(["unbound", "toString"])(
  "the demo refuses %s, and names the primaries that it knows",
  async (word) => {
    const { code, text } = await demo("--primary", word);
    const refusal = `--primary is ${word}; allowed: bind, knot, nsd, powerdns\n`;
    expect({ code, text }).toEqual({ code: 1, text: refusal });
  },
);
