/** What search engines read besides the page: schema.org records as JSON-LD. */
import { addressOf } from '../components/siteAddress.ts';

export interface Article {
  title: string;
  question: string;
  summary: string;
  /** YYYY-MM-DD */
  checkedOn: string;
  /** What to do, where the article is a way to do something. */
  steps: string[];
}

export interface Answered {
  question: string;
  answer: string;
}

interface About {
  canonical: URL;
  site: URL | undefined;
  article: Article | undefined;
  questions: Answered[];
  trail: { name: string; to: string }[];
}

/** @returns an article, answered questions and breadcrumbs where the page has them */
export function structuredData({ canonical, site, article, questions, trail }: About): object[] {
  const records: object[] = [];
  if (article) {
    records.push({
      '@context': 'https://schema.org',
      '@type': 'Article',
      headline: article.title,
      alternativeHeadline: article.question,
      description: article.summary,
      dateModified: article.checkedOn,
      inLanguage: 'en-US',
      mainEntityOfPage: canonical.href,
      publisher: { '@type': 'Organization', name: 'Backup First' },
    });
  }
  if (article && article.steps.length > 0) {
    records.push({
      '@context': 'https://schema.org',
      '@type': 'HowTo',
      name: article.title,
      description: article.summary,
      step: article.steps.map((text, index) => ({
        '@type': 'HowToStep',
        position: index + 1,
        text,
      })),
    });
  }
  if (questions.length > 0) {
    records.push({
      '@context': 'https://schema.org',
      '@type': 'FAQPage',
      mainEntity: questions.map(({ question, answer }) => ({
        '@type': 'Question',
        name: question,
        acceptedAnswer: { '@type': 'Answer', text: answer },
      })),
    });
  }
  if (trail.length > 0) {
    records.push({
      '@context': 'https://schema.org',
      '@type': 'BreadcrumbList',
      itemListElement: trail.map(({ name, to }, index) => ({
        '@type': 'ListItem',
        position: index + 1,
        name,
        item: new URL(addressOf(to), site).href,
      })),
    });
  }
  return records;
}
