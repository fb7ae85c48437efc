// Profiles: one document per person, `_id` = user id. The validator repeats what must survive another client.
import type mongoose from "mongoose";

export const name = "0001-profiles";

const text = (maxLength: number) => ({ bsonType: "string", maxLength });

const attribute = {
  bsonType: "object",
  required: ["t", "v"],
  additionalProperties: false,
  properties: {
    t: { enum: ["string", "number", "date", "time", "place", "boolean"] },
    v: { bsonType: ["string", "int", "long", "double", "date", "bool"] },
  },
};

const validator = {
  $jsonSchema: {
    bsonType: "object",
    required: ["_id", "revision", "updated_at"],
    properties: {
      _id: { bsonType: "string", minLength: 36, maxLength: 36 },
      revision: { bsonType: ["int", "long", "double"], minimum: 1 },
      first_name: text(200),
      last_name: text(200),
      avatar_url: text(2000),
      bio: text(4000),
      attributes: { bsonType: "object", additionalProperties: attribute },
      updated_at: { bsonType: "date" },
    },
  },
};

export async function up(db: mongoose.mongo.Db): Promise<void> {
  await db.createCollection("profiles", { validator, validationLevel: "strict", validationAction: "error" });
}

export async function down(db: mongoose.mongo.Db): Promise<void> {
  await db.dropCollection("profiles");
}
