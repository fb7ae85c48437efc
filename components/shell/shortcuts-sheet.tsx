"use client";

import { Dialog, DialogBody, DialogFooter } from "../ui/dialog";
import { Kbd } from "../ui/kbd";
import { KeysSwitch } from "./preferences";
import { keyLabel, SHORTCUTS } from "./shortcuts";

const CONTEXTS = [...new Set(SHORTCUTS.map(({ context }) => context))];

/** Every key there is, by where it works. */
export default function ShortcutsSheet({ onClose }: { onClose: () => void }) {
  const apple = /Mac|iPhone|iPad/.test(navigator.userAgent);
  return (
    <Dialog title="Shortcuts" description="Single letters do nothing in fields." width="narrow" onClose={onClose}>
      <DialogBody>
        <div className="px-[22px] py-2 max-md:px-4">
          {CONTEXTS.map((context) => (
            <section key={context} className="py-2">
              <h3 className="text-sm text-text-3">{context}</h3>
              <dl>
                {SHORTCUTS.filter((shortcut) => shortcut.context === context).map((shortcut) => (
                  <div key={shortcut.id} className="flex min-h-7 items-center justify-between">
                    <dt>{shortcut.label}</dt>
                    <dd className="flex gap-1">
                      {keyLabel(shortcut, apple).map((key) => (
                        <Kbd key={key}>{key}</Kbd>
                      ))}
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
      </DialogBody>
      <DialogFooter>
        <KeysSwitch />
      </DialogFooter>
    </Dialog>
  );
}
