/** The browser a visitor uses: any console error or request to another host fails the errand. */
import { test as base, expect, type Locator, type Page } from '@playwright/test';

interface Options {
  /** Console errors that the errand brings about on purpose. */
  allowedErrors: RegExp | undefined;
}

export const test = base.extend<Options>({
  allowedErrors: [undefined, { option: true }],
  page: async ({ page, baseURL, allowedErrors }, use) => {
    const wrong: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' && !allowedErrors?.test(message.text())) {
        wrong.push(`console: ${message.text()}`);
      }
    });
    page.on('pageerror', (error) => wrong.push(`error: ${error.message}`));
    page.on('request', (request) => {
      const { protocol, origin } = new URL(request.url());
      if (protocol.startsWith('http') && origin !== baseURL) wrong.push(`asked ${request.url()}`);
    });
    await use(page);
    expect(wrong, 'console errors and requests to other hosts').toEqual([]);
  },
});

export { expect };

/** The lookup's input. */
export function lookupOf(page: Page): Locator {
  return page.getByRole('combobox', { name: 'Which device do you have?' });
}

/** The devices that match what is typed, in the order shown. */
export function matchesOf(page: Page): Locator {
  return page.getByRole('listbox', { name: 'Devices that match' }).getByRole('option');
}

/** Types as a person does, key by key, and waits for the list. */
export async function lookUp(page: Page, text: string): Promise<void> {
  await page.goto('/check/');
  await lookupOf(page).pressSequentially(text);
  await expect(matchesOf(page).first()).toBeVisible();
}

/** The sentence that answers the visitor. */
export function verdictOf(page: Page): Locator {
  return page.locator('#verdict-title');
}
