import next from "eslint-config-next/core-web-vitals";
import typescript from "eslint-config-next/typescript";

const drivers = ["postgres", "mongoose", "mongodb", "ioredis", "@elastic/elasticsearch", "drizzle-orm"];

/** A page or a component reaches data through operations only; the test of conventions says the rest. */
const noDrivers = {
  "no-restricted-imports": [
    "error",
    {
      paths: drivers.map((name) => ({ name, message: "Ask through an operation." })),
      patterns: [
        { group: ["@/drizzle/*"], message: "Ask through an operation." },
        { group: ["@/lib/databases/*", "!@/lib/databases/schema"], message: "Ask through an operation." },
      ],
    },
  ],
};

const config = [
  { ignores: [".next/**", ".quadrant/**", "coverage/**", "next-env.d.ts"] },
  ...next,
  ...typescript,
  {
    files: ["**/*.{ts,tsx}"],
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "import/no-default-export": "error",
    },
  },
  {
    files: ["{app,components,drizzle,lib}/**/*.{ts,tsx}", "proxy.ts"],
    ignores: ["lib/env.ts", "lib/testing/**", "**/*.test.ts"],
    rules: {
      "no-restricted-properties": ["error", { object: "process", property: "env", message: "Read lib/env.ts." }],
    },
  },
  { files: ["{app,components}/**/*.{ts,tsx}"], rules: noDrivers },
  // What React.lazy loads, and Playwright's set-up, is asked for by its default export.
  {
    files: [
      "{app,components}/**/*-dialog.tsx",
      "components/shell/{palette,shortcuts-sheet}.tsx",
      "components/ui/toast-list.tsx",
      "e2e/platform.ts",
    ],
    rules: { "import/no-default-export": "off" },
  },
  // No React there: `use` is Playwright's word, `useStack` the launcher's.
  {
    files: ["e2e/**", "stack/**"],
    rules: {
      "react-hooks/rules-of-hooks": "off",
      "@typescript-eslint/no-unused-vars": ["error", { varsIgnorePattern: "^_", ignoreRestSiblings: true }],
    },
  },
  {
    files: [
      "app/**/{page,layout,error,global-error,loading,not-found,forbidden,unauthorized,template,default}.tsx",
      "*.config.ts",
      "e2e/*.config.ts",
    ],
    rules: { "import/no-default-export": "off" },
  },
];

export default config;
