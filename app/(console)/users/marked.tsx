const HIT = /\ue000([^\ue001]*)\ue001/u;

/** Text with its search hits marked; they stand between U+E000 and U+E001. */
export function Marked({ text }: { text: string }) {
  return text.split(HIT).map((part, index) => (index % 2 === 1 ? <mark key={index}>{part}</mark> : part));
}
