import { once } from "node:events";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { githubJobs, gitlabJobs, type Job, PIPELINES } from "../../support/guides/pipelines";
import { type Repository, startRepository } from "../../support/guides/repository";
import { walk } from "../../support/guides/walk";

// npm, and rows of runs on the engine, take minutes where the machine is busy.
jest.setTimeout(1_800_000);

/** In place of the command line of GitHub. */
const GH = 'gh() { printf "%s " gh "$@"; }\n';

let repository: Repository;
beforeEach(async () => {
  repository = await startRepository(GH);
});
afterEach(() => repository.remove());

/** With the token of the protected environment, or as a preview has it: without. */
async function runJob(job: Job, folder: string, { token }: { readonly token: boolean }): Promise<string> {
  const { pulumi, simulator } = repository;
  const credentials = token
    ? `export CLOUDFLARE_API_TOKEN=${simulator.cloudflareToken} CLOUDFLARE_BASE_URL=${simulator.cloudflare}`
    : "unset CLOUDFLARE_API_TOKEN CLOUDFLARE_BASE_URL";
  // The CLI is here already.
  const commands = job.commands.filter((command) => !/get\.pulumi\.com|\.pulumi\/bin/.test(command));
  return pulumi.terminal.run([`cd ${pulumi.folder}/${folder}`, credentials, ...commands].join("\n"));
}

/** The jobs of a pipeline, by name. */
function jobsOf(jobs: readonly Job[]): (name: string) => Job {
  return (name) => {
    const found = jobs.find((job) => job.name === name);
    if (found === undefined) throw new Error(`there is no job ${name}`);
    return found;
  };
}

/** What somebody changes in the console. */
async function changeKeyByHand(): Promise<void> {
  const [id = ""] = Object.keys((await repository.control.state()).tsigs);
  await repository.control.patch({ tsigs: { [id]: { algo: "hmac-sha256." } } });
}

async function expectDifference(job: Job): Promise<void> {
  expect(await runJob(job, "change", { token: false })).toMatch(/nsec3 *: true => false/);
}

test("at GitHub a pull request shows its difference, main is brought up, and drift is an alarm", async () => {
  const job = jobsOf(PIPELINES.github.flatMap(githubJobs));
  const { terminal } = repository.pulumi;
  await terminal.run("export GITHUB_REPOSITORY=a/b RUN=https://example.com/1");
  expect(await runJob(job("up"), "main", { token: true })).toMatch(/^2 warnings\.$/m);
  await expectDifference(job("preview"));
  await changeKeyByHand();
  await expect(runJob(job("drift"), "main", { token: true })).rejects.toThrow(/no changes were expected/);
});

test("at GitLab the same, with the preview posted as a comment", async () => {
  const job = jobsOf(gitlabJobs(PIPELINES.gitlab));
  const comments: string[] = [];
  const server = createServer(async (request, response) => {
    comments.push(`${request.url} ${decodeURIComponent((await text(request)).replaceAll("+", " "))}`);
    response.end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  try {
    await repository.pulumi.terminal.run(
      `export COMMENT_TOKEN=t CI_API_V4_URL=http://127.0.0.1:${port} CI_PROJECT_ID=1 CI_MERGE_REQUEST_IID=2`,
    );
    expect(await runJob(job("up"), "main", { token: true })).toMatch(/^2 warnings\.$/m);
    await expectDifference(job("preview"));
    expect(comments).toEqual([
      expect.stringMatching(/^\/projects\/1\/merge_requests\/2\/notes .*nsec3 *: true => false/s),
    ]);
    await changeKeyByHand();
    await expect(runJob(job("drift"), "main", { token: true })).rejects.toThrow(/no changes were expected/);
  } finally {
    server.close();
  }
});

test("a preview for a fork shows the true difference at both, as the guide says, and needs no credential", async () => {
  const { pulumi, control } = repository;
  const { terminal, substitutions } = pulumi;
  const before = await control.state();
  // The steps before check both out, and install the packages.
  await terminal.run("cp -r main base; cp -r main/ci .; cp -r main/node_modules change/");
  await walk("docs/pull-requests.md", { terminal, substitutions });
  await terminal.run(
    "rm -r base/Pulumi.*.yaml change/Pulumi.*.yaml; export GITHUB_STEP_SUMMARY=$PWD/summary.md",
  );
  const fork = jobsOf(PIPELINES.github.flatMap(githubJobs))("simulated-preview");
  expect(await runJob(fork, ".", { token: false })).toMatch(/nsec3 *: true => false/);
  expect(await terminal.run("cat $GITHUB_STEP_SUMMARY")).toMatch(
    /^```\n.*dnssecUseNsec3: true => false.*```\n$/s,
  );

  await terminal.run("rm -r base; export CI_MERGE_REQUEST_DIFF_BASE_SHA=$(git -C change rev-parse HEAD)");
  await expectDifference(jobsOf(gitlabJobs(PIPELINES.gitlab))("simulated-preview"));
  expect(await control.state()).toEqual(before);
});
