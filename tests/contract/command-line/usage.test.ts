import packageJson from "../../../package.json";
import { call } from "../../support/command-line";

const widest = (text: string) => Math.max(...text.split("\n").map(({ length }) => length));

describe("the help", () => {
  test("names every command, in 80 columns", async () => {
    const { code, stdout, stderr } = await call(["--help"]);

    expect(code).toBe(0);
    expect(stderr).toBe("");
    expect(stdout).toMatch(/^Usage: npx pulumi-secondary-dns COMMAND \[options\]\n/);
    for (const command of ["primary-config", "doctor", "simulator"])
      expect(stdout).toContain(`\n  ${command} `);
    expect(widest(stdout)).toBeLessThanOrEqual(80);
  });

  test.each(["primary-config", "doctor", "simulator"])(
    "of %s is the same however it is asked for, and fits 80 columns",
    async (command) => {
      const { code, stdout } = await call([command, "--help"]);

      expect(code).toBe(0);
      expect(stdout).toMatch(new RegExp(`^Usage: npx pulumi-secondary-dns ${command} .*\n\n`));
      expect(widest(stdout)).toBeLessThanOrEqual(80);
      expect(await call(["help", command])).toMatchObject({ code: 0, stdout });
      expect(await call([command, "--stack", "prod", "-h"])).toMatchObject({ code: 0, stdout });
    },
  );

  test("is what a call without a command gets, which is no success", async () => {
    const { stdout } = await call(["--help"]);

    expect(await call([])).toEqual({ code: 2, stdout: "", stderr: stdout });
  });
});

test("the version is that of the package", async () => {
  expect(await call(["--version"])).toEqual({ code: 0, stdout: `${packageJson.version}\n`, stderr: "" });
});

test.each<[args: string[], sentence: string]>([
  [["docter"], 'There is no command "docter". Did you mean doctor?'],
  [["primaryconfig"], 'There is no command "primaryconfig". Did you mean primary-config?'],
  [["up"], 'There is no command "up".'],
  [["help", "simulater"], 'There is no command "simulater". Did you mean simulator?'],
  [["--verson"], 'There is no option "--verson". Did you mean --version?'],
  [["--json", "doctor", "example.com"], 'The command "doctor" comes before its options.'],
  [["--stack=prod", "primary-config"], 'The command "primary-config" comes before its options.'],
  [["--help=yes"], "The option --help takes no value."],
  [["primary-config", "--stak", "prod"], 'There is no option "--stak". Did you mean --stack?'],
  [["primary-config", "--stack"], "The option --stack needs a value."],
  [["primary-config", "--stack", "--server", "bind"], "The option --stack needs a value."],
  [["primary-config", "--stack", ""], "The option --stack needs a value."],
  [["doctor", "example.com", "--stack="], "The option --stack needs a value."],
  [["primary-config", "--write", ""], "The option --write needs a value."],
  [["primary-config", "example.com"], '"example.com" is not an option. Name a zone with --zone ZONE.'],
  [
    ["primary-config", "--server", "bnd"],
    'There is no server "bnd"; allowed: bind, knot, nsd, powerdns. Did you mean bind?',
  ],
])("%j ends in a sentence, without a look at the stack", async (args, sentence) => {
  const { code, stdout, stderr } = await call(args, { env: { PATH: "" } });

  expect(code).toBe(2);
  expect(stdout).toBe("");
  expect(stderr).toContain(`: ${sentence}\nNext: see "npx pulumi-secondary-dns`);
});

test("a word with control characters cannot act on the terminal", async () => {
  const { stderr } = await call(["\u001b[2J"]);

  expect(stderr).toContain("There is no command");
  expect(stderr).not.toContain("\u001b");
});
