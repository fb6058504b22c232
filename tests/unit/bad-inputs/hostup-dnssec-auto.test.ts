import { hostupDnssecAuto } from "../../../provider/runtime";
import { checkOf, DOMAIN_NAME, PROFILE, refuses, refusesValues } from "../../support/input-tables";

const check = checkOf(hostupDnssecAuto);
const beside = { domainName: "example.se" };

const DOMAIN_ID = 'an id as GET /domains shows it, such as "dom_01hxa3b4c5d6e7f8g9h0j1k2m3", not a name';
const NAME = `${DOMAIN_NAME}; an internationalised name in its xn-- form`;
const ACTION = '"include", "exclude"';
const WAIT = "a time-out in whole seconds from 1 to 604800 (a week), or false";
const ON_DELETE = '"restore", "exclude", "include", "retain"';
const KNOWN = "domainId, domainName, action, waitForActive, onDelete, profile";
const NEVER_ACTIVE =
  'waitForActive is set while action is "exclude"; allowed: false, since an excluded domain never becomes active';

describe("HostupDnssecAuto refuses", () => {
  refusesValues({ check, property: "domainId", allowed: DOMAIN_ID }, [
    ["a host name as id", "example.se", '"example.se"'],
    ["an id of another kind", "zone_01hxa3b4c5d6e7f8g9h0j1k2m3", '"zone_01hxa3b4c5d6e7f8g9h0j1k2m3"'],
    ["an id without anything after its prefix", "dom_", '"dom_"'],
    ["an id that tries to reach another path", "dom_a/../b", '"dom_a/../b"'],
    ["an id of the legacy API", 12345, "12345"],
    ["an id that is null", null, "null"],
    ["an id that is an object", { id: "dom_a" }, '{"id":"dom_a"}'],
  ]);

  refusesValues({ check, property: "domainName", allowed: NAME }, [
    ["a name that is a number", 1, "1"],
    ["a name that is null", null, "null"],
    ["an empty name", "", '""', " (a label is empty)"],
    ["a name with an empty label", "example..se", '"example..se"', " (a label is empty)"],
    [
      "an internationalised name outside its xn-- form",
      "räksmörgås.se",
      '"räksmörgås.se"',
      ' (the label "räksmörgås" has a character that is not allowed)',
    ],
    [
      "an URL as name",
      "https://example.se",
      '"https://example.se"',
      ' (the label "https://example" has a character that is not allowed)',
    ],
  ]);

  refusesValues({ check, beside, property: "action", allowed: ACTION }, [
    ["an action of no kind", "enable", '"enable"'],
    ["an action in capitals", "INCLUDE", '"INCLUDE"'],
    ["an action that is a boolean", true, "true"],
    ["an action that is null", null, "null"],
  ]);

  refusesValues({ check, beside, property: "waitForActive", allowed: WAIT }, [
    ["a wait of no time", 0, "0"],
    ["a wait of less than no time", -1, "-1"],
    ["a wait of one and a half seconds", 1.5, "1.5"],
    ["a wait of more than a week", 604_801, "604801"],
    ["a wait without a time-out", true, "true"],
    ["a wait whose time-out is a string", "30", '"30"'],
    ["a wait whose time-out has a unit", "30s", '"30s"'],
    ["a wait that is null", null, "null"],
    ["a wait that is an object", { seconds: 30 }, '{"seconds":30}'],
  ]);

  refusesValues({ check, beside, property: "onDelete", allowed: ON_DELETE }, [
    ["an onDelete of another resource", "disable", '"disable"'],
  ]);

  refusesValues({ check, beside, property: "profile", allowed: PROFILE }, [
    ["a profile with an underscore", "my_profile", '"my_profile"'],
    ["a profile with two hyphens in a row", "eu--west", '"eu--west"'],
  ]);

  refuses(check, [
    ["neither id nor name", {}, ["", "domainId and domainName are both missing; allowed: one of them"]],
    [
      "both id and name",
      { domainId: "dom_abc123", domainName: "example.se" },
      ["", "domainId and domainName are both given; allowed: one of them"],
    ],
    [
      "a wait for an excluded domain to become active",
      { ...beside, action: "exclude", waitForActive: 30 },
      ["", NEVER_ACTIVE],
    ],
    [
      "an input in the wrong case, and names the right one",
      { ...beside, domainID: "dom_a" },
      ["", `domainID is not an input; did you mean domainId? allowed: ${KNOWN}`],
    ],
    [
      "a field of the API that is not an input",
      { ...beside, isEnabled: true },
      ["", `isEnabled is not an input; allowed: ${KNOWN}`],
    ],
    [
      "everything that is wrong at once",
      { domainId: "example.se", action: "on", waitForActive: 0, onDelete: 1, profile: "A", force: true },
      ["domainId", `domainId is "example.se"; allowed: ${DOMAIN_ID}`],
      ["action", `action is "on"; allowed: ${ACTION}`],
      ["waitForActive", `waitForActive is 0; allowed: ${WAIT}`],
      ["onDelete", `onDelete is 1; allowed: ${ON_DELETE}`],
      ["profile", `profile is "A"; allowed: ${PROFILE}`],
      ["", `force is not an input; allowed: ${KNOWN}`],
    ],
    [
      "both rules at once",
      { action: "exclude", waitForActive: 5 },
      ["", "domainId and domainName are both missing; allowed: one of them"],
      ["", NEVER_ACTIVE],
    ],
  ]);
});
