import type { Config } from "tailwindcss";

const variable = (name: string) => `var(--${name})`;

const tone = (name: string) => ({
  DEFAULT: variable(name),
  soft: variable(`${name}-soft`),
  fill: variable(`${name}-fill`),
});

const config: Config = {
  content: [],
  theme: {
    colors: {
      transparent: "transparent",
      current: "currentColor",
      canvas: variable("canvas"),
      sunken: variable("sunken"),
      raised: variable("raised"),
      hover: variable("hover"),
      line: { DEFAULT: variable("line"), 2: variable("line-2") },
      input: variable("input"),
      text: { DEFAULT: variable("text"), 2: variable("text-2"), 3: variable("text-3") },
      accent: { DEFAULT: variable("accent"), text: variable("accent-text"), soft: variable("accent-soft") },
      "on-accent": variable("on-accent"),
      ink: variable("ink"),
      "on-ink": variable("on-ink"),
      ok: tone("ok"),
      warn: tone("warn"),
      bad: tone("bad"),
      off: tone("off"),
      danger: variable("danger"),
      chart: Object.fromEntries([0, 1, 2, 3, 4].map((n) => [n, variable(`chart-${n}`)])),
      grid: variable("grid"),
      mark: variable("mark"),
      "on-mark": variable("on-mark"),
      scrim: variable("scrim"),
    },
    fontFamily: {
      sans: ["var(--font-geist-sans)", "DejaVu Sans", "sans-serif"],
      mono: ["var(--font-geist-mono)", "DejaVu Sans Mono", "monospace"],
    },
    fontSize: {
      xs: ["11px", "14px"],
      sm: ["12px", "16px"],
      base: ["13px", "20px"],
      lg: ["14px", "20px"],
      xl: ["17px", "24px"],
      "2xl": ["20px", "28px"],
      "3xl": ["22px", "30px"],
    },
    borderRadius: {
      none: "0",
      xs: "4px",
      sm: "5px",
      md: "7px",
      lg: "10px",
      xl: "13px",
      full: "9999px",
    },
    boxShadow: { none: "none", sm: variable("sh-1"), md: variable("sh-2"), lg: variable("sh-3") },
  },
};

export default config;
