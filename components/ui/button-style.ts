import { cva, type VariantProps } from "class-variance-authority";

export const buttonStyle = cva(
  "inline-flex flex-none items-center justify-center gap-1.5 rounded-md border font-medium whitespace-nowrap transition-colors duration-80 select-none disabled:pointer-events-none disabled:opacity-50 aria-disabled:pointer-events-none aria-disabled:opacity-50",
  {
    variants: {
      variant: {
        primary: "border-ink bg-ink text-on-ink shadow-sm hover:bg-ink/88",
        secondary: "border-line-2 bg-raised text-text shadow-sm hover:bg-hover",
        ghost: "border-transparent text-text-2 hover:bg-hover hover:text-text",
        danger: "border-bad/40 bg-raised text-bad shadow-sm hover:bg-bad-soft",
        "danger-fill": "border-danger bg-danger text-on-accent shadow-sm hover:bg-danger/90",
      },
      size: {
        md: "h-[30px] px-[11px] text-base touch:h-11 touch:px-3.5",
        sm: "h-[26px] rounded-[6px] px-[9px] text-sm touch:h-11 touch:px-3",
        lg: "h-10 px-4 text-base touch:h-11",
        icon: "size-[30px] p-0 touch:size-11",
        "icon-sm": "size-[26px] rounded-[6px] p-0 touch:size-11",
      },
    },
    defaultVariants: { variant: "secondary", size: "md" },
  },
);

export type ButtonStyle = VariantProps<typeof buttonStyle>;
