import type { NextConfig } from "next";

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  images: { unoptimized: true },
  // `npm test` checks the types; a build on a stranger's machine need not do it again.
  typescript: { ignoreBuildErrors: true },
  // Native code, or drivers that must not be bundled twice into one process.
  serverExternalPackages: ["@node-rs/argon2", "mongoose", "postgres", "ioredis", "@elastic/elasticsearch", "pino"],
  experimental: {
    authInterrupts: true,
    serverActions: { bodySizeLimit: "100kb" },
  },
};

export default config;
