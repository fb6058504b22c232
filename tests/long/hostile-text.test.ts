import { hostileTextTests } from "../support/hostile-text-tests";

hostileTextTests(10_000);
