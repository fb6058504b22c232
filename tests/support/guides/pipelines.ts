import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";

/** What a job does, as commands for a shell, in its own order. */
export interface Job {
  readonly name: string;
  readonly commands: readonly string[];
}

const step = z.union([
  z.object({ run: z.string() }),
  z.object({ uses: z.string(), with: z.record(z.string(), z.unknown()).optional() }),
]);
const workflow = z.object({
  on: z.unknown(),
  jobs: z.record(z.string(), z.object({ steps: z.array(step) })),
});

/** The jobs of a workflow for GitHub Actions. */
export function githubJobs(file: string): Job[] {
  const { jobs } = workflow.parse(parse(readFileSync(file, "utf8")));
  return Object.entries(jobs).map(([name, { steps }]) => ({
    name,
    commands: steps.flatMap((each) => ("run" in each ? [each.run] : pulumiAction(each))),
  }));
}

/** What Pulumi's action runs: https://github.com/pulumi/actions. The other actions prepare the machine. */
function pulumiAction({
  uses,
  with: inputs = {},
}: {
  uses: string;
  with?: Record<string, unknown> | undefined;
}): string[] {
  if (!uses.startsWith("pulumi/actions@") || inputs.command === undefined) return [];
  const diff = inputs.diff === true ? " --diff" : "";
  return [
    `pulumi ${inputs.command} --stack ${inputs["stack-name"]}${diff} --non-interactive${inputs.command === "up" ? " --yes" : ""}`,
  ];
}

const gitlabJob = z.object({
  stage: z.string(),
  rules: z.array(z.object({ if: z.string() })),
  script: z.array(z.string()),
});
const gitlabFile = z
  .object({
    default: z.object({ image: z.string(), before_script: z.array(z.string()) }),
    stages: z.array(z.string()),
  })
  .catchall(gitlabJob);

/** The jobs of a pipeline for GitLab, with what it does before each. */
export function gitlabJobs(file: string): Job[] {
  const { default: shared, stages, ...jobs } = gitlabFile.parse(parse(readFileSync(file, "utf8")));
  return Object.entries(jobs).map(([name, { stage, script }]) => {
    if (!stages.includes(stage)) throw new Error(`${name} is of the stage ${stage}, which there is not`);
    return { name, commands: [...shared.before_script, ...script] };
  });
}

export const PIPELINES = {
  github: ["preview", "deploy", "drift"].map((name) => `examples/github-actions/${name}.yml`),
  gitlab: "examples/gitlab-ci/.gitlab-ci.yml",
} as const;
