import "server-only";
import mongoose from "mongoose";
import type { Probe } from "../probe";

/** A client of its own: pings must not wait behind the pool they report on. */
export function mongoProbe(uri: string): Probe {
  const client = new mongoose.mongo.MongoClient(uri, {
    appName: "quadrant-probe",
    serverSelectionTimeoutMS: 1_200,
    connectTimeoutMS: 1_000,
    socketTimeoutMS: 1_500,
    maxPoolSize: 1,
    monitorCommands: false,
  });
  client.on("error", () => {});
  return {
    async ask() {
      const admin = client.db("admin");
      const [hello, build] = await Promise.all([
        admin.command({ hello: 1 }, { timeoutMS: 1_400 }),
        admin.command({ buildInfo: 1 }, { timeoutMS: 1_400 }),
      ]);
      const note = hello.isWritablePrimary === true ? null : "read only: this member is not the primary";
      return { version: String(build.version), degraded: note };
    },
    close: () => client.close(),
  };
}
