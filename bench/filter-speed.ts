// How many filters are parsed in a second.
import { parseFilter } from '../src/filter/parse.ts';
import { line, title } from './print.ts';

const FILTERS = [
  'Email = \'jenny@example.com\'',
  'Created >= \'2026-01-01T00:00:00Z\' AND Status = \'succeeded\'',
  'Metadata.order_id = \'6735\' OR Name LIKE \'Jen%\'',
  'Amount > 2500 AND Currency IN (\'usd\', \'eur\', \'idr\') AND NOT (Description IS NULL)',
  'Created BETWEEN \'2026-01-01\' AND \'2026-02-01\' AND (Status = \'paid\' OR Status = \'open\')',
];

export function filterSpeed(): void {
  title('Filters');
  const parse = (count: number): number => {
    const started = performance.now();
    for (let index = 0; index < count; index += 1) parseFilter(FILTERS[index % FILTERS.length] ?? '');
    return count / ((performance.now() - started) / 1_000);
  };
  parse(50_000);
  line('parsed', `${parse(200_000).toFixed(0)}/s`, 'aim 100,000/s');
}
