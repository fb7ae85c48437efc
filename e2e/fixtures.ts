// What the specs share: a signed-in page by role, people of their own, and the accessibility check.
import AxeBuilder from "@axe-core/playwright";
import { expect, test as base, type BrowserContext, type Page } from "@playwright/test";
import { type Staff, staff } from "./people";
import { BASE_URL } from "./platform";
import type { Role } from "@/lib/auth/permissions";

/** Signs a browser in through the sign-in door, as the form does, without drawing the form. */
export async function enter(context: BrowserContext, person: { email: string; password: string }): Promise<void> {
  const headers = { origin: BASE_URL, "sec-fetch-site": "same-origin" };
  const { csrfToken } = await (await context.request.get("/api/auth/csrf")).json();
  const form = { ...person, csrfToken, json: "true" };
  const answer = await context.request.post("/api/auth/callback/credentials", { headers, form, maxRedirects: 0 });
  expect(answer.status(), await answer.text()).toBeLessThan(400);
  const cookies = await context.cookies();
  expect(cookies.map(({ name }) => name)).toContain("__Host-quadrant-session");
}

type Fixtures = {
  /** A page of a browser in which a person of this role is signed in. */
  as: (role: Role) => Promise<Page>;
  superadmin: Page;
};

const known = new Map<Role, Staff>();

export const test = base.extend<Fixtures>({
  as: async ({ browser }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (role) => {
      const person = known.get(role) ?? (await staff(role));
      known.set(role, person);
      const context = await browser.newContext();
      contexts.push(context);
      await enter(context, person);
      return context.newPage();
    });
    await Promise.all(contexts.map((context) => context.close()));
  },
  superadmin: async ({ as }, use) => use(await as("superadmin")),
});

/** WCAG 2.2 AA in both themes: no finding at all, named by rule and element. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page })
      .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
      .analyze();
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join("; ")}`);
    expect(found, `${page.url()} in ${colorScheme}`).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: "light" });
}

export { expect };
