/** The mark of the product: four squares, one in the accent. */
export function Mark({ size = 20 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" aria-hidden className="flex-none">
      <rect x="1" y="1" width="8" height="8" rx="2" fill="var(--accent)" />
      <rect x="11" y="1" width="8" height="8" rx="2" fill="var(--text)" />
      <rect x="1" y="11" width="8" height="8" rx="2" fill="var(--text)" />
      <rect x="11" y="11" width="8" height="8" rx="2" fill="var(--text)" opacity=".35" />
    </svg>
  );
}
