// What people say about themselves: documents of MongoDB.
import mongoose from "mongoose";
import type { Person } from "./person";

type Attribute = {
  t: "string" | "number" | "date" | "time" | "place" | "boolean";
  v: string | number | boolean | Date;
};
type ProfileDocument = {
  _id: string;
  revision: number;
  first_name: string;
  last_name: string;
  bio: string;
  attributes: Record<string, Attribute>;
  updated_at: Date;
};

const TRADES = [
  "Beekeeper",
  "Bus driver",
  "Carpenter",
  "Ceramicist",
  "Geologist",
  "Illustrator",
  "Librarian",
  "Locksmith",
  "Midwife",
  "Nurse",
  "Oboist",
  "Optician",
  "Physics teacher",
  "Retired engineer",
  "Sound technician",
  "Student of law",
  "Translator",
  "Welder",
];
const PASTIMES = [
  "bakes rye bread",
  "collects tide tables",
  "grows chillies on a balcony",
  "is learning the accordion",
  "keeps an allotment with two neighbours",
  "maps old tram lines",
  "paints model railways",
  "plays chess by post",
  "repairs mechanical watches",
  "sings in a choir",
  "swims in cold lakes",
  "walks other people's dogs",
];
const BATCH = 500;
const CHANGES_OF_A_PROFILE = 3;

/** Writes one document per person; repeating it changes nothing. */
export async function saveProfiles(uri: string, people: readonly Person[]): Promise<void> {
  const connection = await mongoose
    .createConnection(uri, { serverSelectionTimeoutMS: 10_000, autoIndex: false, autoCreate: false })
    .asPromise();
  try {
    const profiles = connection.collection<ProfileDocument>("profiles");
    for (let start = 0; start < people.length; start += BATCH) {
      const documents = people.slice(start, start + BATCH).map(makeProfile);
      await profiles.bulkWrite(
        documents.map(({ _id, ...fields }) => ({
          updateOne: { filter: { _id }, update: { $setOnInsert: fields }, upsert: true },
        })),
        { ordered: false },
      );
    }
  } finally {
    await connection.close();
  }
}

function makeProfile({ row, given, family, random }: Person): ProfileDocument {
  const place = row.time_zone.split("/").at(-1)?.replaceAll("_", " ") ?? "";
  const born = new Date(Date.UTC(random.between(1948, 2005), random.between(0, 11), random.between(1, 28)));
  const attributes: ProfileDocument["attributes"] = {
    birth_date: { t: "date", v: born },
    birth_place: { t: "place", v: place },
    newsletter: { t: "boolean", v: random.chance(0.4) },
  };
  if (random.chance(0.3)) {
    const minutes = String(random.between(0, 59)).padStart(2, "0");
    attributes["birth_time"] = { t: "time", v: `${String(random.between(0, 23)).padStart(2, "0")}:${minutes}` };
  }
  if (random.chance(0.25)) attributes["orders"] = { t: "number", v: random.between(1, 90) };
  return {
    _id: row.id,
    revision: random.between(1, CHANGES_OF_A_PROFILE),
    first_name: given,
    last_name: family,
    bio: random.chance(0.75) ? `${random.pick(TRADES)} in ${place}; ${random.pick(PASTIMES)}.` : "",
    attributes,
    updated_at: new Date(row.updated_at),
  };
}
