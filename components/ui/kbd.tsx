export function Kbd({ children }: { children: string }) {
  return (
    <kbd className="inline-block min-w-[18px] rounded-xs border border-line-2 bg-canvas px-1 text-center font-sans text-xs leading-4 font-medium text-text-3 touch:hidden">
      {children}
    </kbd>
  );
}
