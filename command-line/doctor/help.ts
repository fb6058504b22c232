export const HELP = `
Looks at a zone from its primaries to its parent and says what is wrong: each
primary, asked with its key (serial, keys, signatures and their end, NSEC or
NSEC3), the zone at Cloudflare, what its name servers answer, the delegation and
the DS at the parent, and HostUp where a key of it is set. Nothing is changed.

A line for each finding begins with ok, warning or fault; below it stands what
to do. Settings are those of the stack and the environment; without a Pulumi
project here they are the environment's, and the zone is found by its name.

Options:
  --stack STACK   the stack; the one that is selected when left out
  --json          for programs: { zone, at, verdict, findings }, each finding
                  with place, code, verdict, text and next
  -h, --help      this text

Exit code: 0 without a fault (there may be warnings), 1 with one, 2 when the
line cannot be understood or the zone cannot be looked at.

Example, in a pipeline after "pulumi up":
  npx pulumi-secondary-dns doctor example.com --stack prod
`;
