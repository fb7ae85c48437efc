// initdb wants the name of the user it runs as; a container's user may have none.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

/** Environment that gives this user a name, or nothing when it has one. */
export async function nameWrapper(folder, bundle) {
  try {
    os.userInfo();
    return {};
  } catch {
    // no entry in the list of users
  }
  const sizes = { downloadMb: 1, diskMb: 5 };
  const unpacked = await bundle.get("trixie-nss-wrapper", "libnss-wrapper", sizes, ["libnss-wrapper"]);
  const library = fs.readdirSync(unpacked, { recursive: true }).find((file) => file.endsWith("libnss_wrapper.so"));
  const passwd = path.join(folder.dir, "passwd");
  const group = path.join(folder.dir, "group");
  fs.writeFileSync(passwd, `quadrant:x:${process.getuid()}:${process.getgid()}::/:/bin/sh\n`);
  fs.writeFileSync(group, `quadrant:x:${process.getgid()}:\n`);
  return { LD_PRELOAD: path.join(unpacked, library), NSS_WRAPPER_PASSWD: passwd, NSS_WRAPPER_GROUP: group };
}
