import { ChevronsUpDown, LogOut } from "lucide-react";
import { Avatar } from "../ui/avatar";
import { Menu, menuItemStyle, MenuRow, MenuSeparator } from "../ui/menu";
import { Preferences } from "./preferences";

type AccountMenuProps = {
  person: { id: string; name: string; email: string; role: string };
  /** Server action that ends the session and leads to the sign-in page. */
  signOut: () => Promise<void>;
};

export function AccountMenu({ person, signOut }: AccountMenuProps) {
  return (
    <Menu
      id="account"
      label={`Account of ${person.name}`}
      align="top"
      className="nav-link mt-1 h-10! text-left"
      trigger={
        <>
          <Avatar id={person.id} name={person.name} />
          <span className="nav-wide flex min-w-0 flex-1 flex-col leading-[15px]">
            <span className="truncate text-text">{person.name}</span>
            <span className="truncate text-xs font-normal text-text-3">{person.role}</span>
          </span>
          <ChevronsUpDown size={13} aria-hidden className="nav-wide text-text-3" />
        </>
      }
    >
      <p className="truncate px-2 py-1 text-sm text-text-2">{person.email}</p>
      <MenuSeparator />
      <Preferences />
      <MenuSeparator />
      <form action={signOut}>
        <button type="submit" className={menuItemStyle}>
          <MenuRow icon={<LogOut size={15} aria-hidden />}>Sign out</MenuRow>
        </button>
      </form>
    </Menu>
  );
}
