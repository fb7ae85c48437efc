import { expect, test } from "./fixtures";
import { database, person } from "./people";

test("the profile comes from MongoDB; a person without one is said to have none", async ({ superadmin: page }) => {
  const [seeded] = await database<{ id: string }[]>`
    select id from app.users where status = 'active' and email not like 'zora.%' and email not like '%quadrant.local'
    order by id limit 1`;
  await page.goto(`/users/${seeded?.id}`);
  await expect(page.getByText(/, revision \d/)).toBeVisible();
  const zora = await person();
  await page.goto(`/users/${zora.id}`);
  await expect(page.getByText(/^No profile/)).toBeVisible();
});
