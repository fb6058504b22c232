import { hostileTextTests } from "../support/hostile-text-tests";

// 10,000 for each server in tests/long.
hostileTextTests(600);
