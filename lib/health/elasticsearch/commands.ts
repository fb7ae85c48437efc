import "server-only";

export {};
