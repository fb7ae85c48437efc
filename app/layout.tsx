import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Quadrant", template: "%s · Quadrant" },
  description: "A super-admin console over PostgreSQL, MongoDB, Redis and Elasticsearch",
  robots: { index: false, follow: false },
};

export const viewport: Viewport = { width: "device-width", initialScale: 1, colorScheme: "light dark" };

const CHOICES = {
  theme: ["system", "light", "dark"],
  density: ["comfortable", "compact"],
  keys: ["on", "off"],
} as const;

/** Theme and density come from cookies, so that the first paint is right without a script. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const jar = await cookies();
  const preference = (name: keyof typeof CHOICES): string => {
    const known: readonly string[] = CHOICES[name];
    const value = jar.get(`quadrant-${name}`)?.value ?? "";
    return known.includes(value) ? value : CHOICES[name][0];
  };
  return (
    <html
      lang="en"
      data-theme={preference("theme")}
      data-density={preference("density")}
      data-keys={preference("keys")}
      className={`${GeistSans.variable} ${GeistMono.variable}`}
      suppressHydrationWarning
    >
      <body className="font-sans">
        <a
          href="#content"
          className="fixed top-2 left-2 z-60 -translate-y-20 rounded-md bg-ink px-3 py-2 font-medium text-on-ink focus:translate-none"
        >
          Skip to the content
        </a>
        {children}
      </body>
    </html>
  );
}
