import { existsSync } from "node:fs";
import { call } from "../../support/command-line";
import { githubJobs, gitlabJobs, PIPELINES } from "../../support/guides/pipelines";

const jobs = [...PIPELINES.github.flatMap(githubJobs), ...gitlabJobs(PIPELINES.gitlab)];
const said = jobs.flatMap(({ commands }) => commands).join("\n");

test("both pipelines preview, bring up and look for drift, and preview for forks", () => {
  expect(PIPELINES.github.flatMap(githubJobs).map(({ name }) => name)).toEqual([
    "preview",
    "simulated-preview",
    "up",
    "drift",
  ]);
  expect(gitlabJobs(PIPELINES.gitlab).map(({ name }) => name)).toEqual([
    "preview",
    "simulated-preview",
    "up",
    "drift",
  ]);
});

test("what is called of this package is there, and by its own name", async () => {
  const called = [...said.matchAll(/npx (\S+) (\S+)/g)].map(([, name, command]) => ({ name, command }));
  expect(called.length).toBeGreaterThan(0);
  for (const { name, command = "" } of called) {
    expect(name).toBe("pulumi-secondary-dns");
    expect(await call(["help", command])).toMatchObject({ code: 0 });
  }
});

test("a script that is called is beside the pipelines", () => {
  const scripts = [...said.matchAll(/\bsh (?:\S+\/)?(ci\/\S+\.sh)/g)].map(([, script = ""]) => script);
  expect(scripts.length).toBe(2);
  for (const script of scripts) expect(existsSync(`examples/${script}`)).toBe(true);
});

test("each job installs the packages before it calls Pulumi", () => {
  for (const { name, commands } of jobs) {
    const installs = commands.findIndex((command) => command.startsWith("npm ci"));
    const calls = commands.findIndex((command) => /^(pulumi|npx|sh) /.test(command));
    expect({ name, first: installs >= 0 && installs < calls }).toEqual({ name, first: true });
  }
});
