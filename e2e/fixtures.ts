// What the specs share: a signed-in page by role, people of their own, and the accessibility check.
import AxeBuilder from "@axe-core/playwright";
import { expect, test as base, type BrowserContext, type Locator, type Page } from "@playwright/test";
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
      return attentive(await context.newPage());
    });
    await Promise.all(contexts.map((context) => context.close()));
  },
  superadmin: async ({ as }, use) => use(await as("superadmin")),
});

/** Visits end when the page listens: what is pressed before its scripts run is lost. */
function attentive(page: Page): Page {
  const visit = page.goto.bind(page);
  page.goto = async (...to) => {
    const answer = await visit(...to);
    const isPage = answer?.headers()["content-type"]?.startsWith("text/html");
    const listens = () => Object.keys(document.body).some((key) => key.startsWith("__reactFiber"));
    if (isPage) await page.waitForFunction(listens, undefined, { timeout: 60_000 });
    return answer;
  };
  return page;
}

/** Presses a key until what it brings is there. */
export async function pressFor(page: Page, key: string, brought: Locator): Promise<void> {
  await expect(async () => {
    await page.keyboard.press(key);
    await expect(brought).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 60_000 });
}

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
