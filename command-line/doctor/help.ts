export const HELP = `
Checks a zone from its primaries to its parent and says what is wrong: each
primary, queried with its key (serial, keys, signatures and their expiration,
NSEC or NSEC3), the zone at Cloudflare, the answers of its name servers, the
delegation and DS at the parent, and HostUp if its API key is set. It changes
nothing.

Each finding is a line that begins with ok, warning or fault; below it is what
to do. Settings come from the stack and the environment. Without a Pulumi
project here, they come from the environment, and the zone is found by its name.

Options:
  --stack STACK   the stack (default: the selected one)
  --json          for programs: { zone, at, verdict, findings }, each finding
                  with place, code, verdict, text and next
  -h, --help      this text

Exit code: 0 without a fault (there may be warnings), 1 with a fault, 2 if the
arguments are wrong or the zone cannot be checked.

Example, in a pipeline after "pulumi up":
  npx pulumi-secondary-dns doctor example.com --stack prod
`;
