import { compatibilityTable } from '../../../core/published.ts';
import { facts } from '../../../data/facts.ts';

export function GET(): Response {
  return new Response(compatibilityTable(facts), {
    headers: { 'Content-Type': 'text/csv; charset=utf-8; header=present' },
  });
}
