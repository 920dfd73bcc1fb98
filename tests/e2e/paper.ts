/** A page as it comes out of a printer. */
import { getDocumentProxy } from 'unpdf';
import type { Page } from '@playwright/test';

export interface Paper {
  pages: number;
  text: string;
  /** Whether every word lies within its page. */
  whole: boolean;
}

export async function printOn(page: Page, format: 'A4' | 'Letter'): Promise<Paper> {
  const bytes = await page.pdf({ format });
  const pdf = await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 });
  const paper: Paper = { pages: pdf.numPages, text: '', whole: true };
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const sheet = await pdf.getPage(number);
    const [, , width = 0, height = 0] = sheet.view;
    const { items } = await sheet.getTextContent();
    for (const item of items) {
      if (!('str' in item)) continue;
      paper.text += item.hasEOL ? `${item.str} ` : item.str;
      const [left, bottom] = [item.transform[4] as number, item.transform[5] as number];
      if (left < 0 || bottom < 0 || left + item.width > width || bottom > height)
        paper.whole = false;
    }
  }
  paper.text = paper.text.replace(/\s+/g, ' ');
  return paper;
}
