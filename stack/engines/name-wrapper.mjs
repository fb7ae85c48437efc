// initdb wants the name of the user it runs as; a container's user may have none.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { hostSuite } from "../apt.mjs";

/** Environment under which this user has a name, or nothing when he has one. */
export async function nameWrapper(folder, bundle) {
  try {
    os.userInfo();
    return {};
  } catch {
    // no entry in the list of users
  }
  const suite = hostSuite();
  const sizes = { downloadMb: 1, diskMb: 5 };
  const unpacked = await bundle.get(`${suite}-nss-wrapper`, "libnss-wrapper", sizes, ["libnss-wrapper"], suite);
  const library = fs.readdirSync(unpacked, { recursive: true }).find((file) => file.endsWith("libnss_wrapper.so"));
  const passwd = path.join(folder.dir, "passwd");
  const group = path.join(folder.dir, "group");
  fs.writeFileSync(passwd, `quadrant:x:${process.getuid()}:${process.getgid()}::/:/bin/sh\n`);
  fs.writeFileSync(group, `quadrant:x:${process.getgid()}:\n`);
  return { LD_PRELOAD: path.join(unpacked, library), NSS_WRAPPER_PASSWD: passwd, NSS_WRAPPER_GROUP: group };
}
