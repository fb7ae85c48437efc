import type { NextConfig } from "next";

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  typedRoutes: true,
  images: { unoptimized: true },
  // Native code, or drivers that must not be bundled twice into one process.
  serverExternalPackages: ["@node-rs/argon2", "mongoose", "postgres", "ioredis", "@elastic/elasticsearch", "pino"],
  experimental: {
    authInterrupts: true,
    serverActions: { bodySizeLimit: "100kb" },
  },
};

export default config;
