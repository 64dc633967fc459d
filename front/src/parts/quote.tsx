// SPDX-License-Identifier: Apache-2.0
// The words of a report as evidence, with the way to where they stand.
import type { Quote } from '../api/types';
import { href } from '../app/route';
import { day, t } from '../i18n';
import { Say } from './say';

export function QuoteBox({ quote }: { quote: Quote }) {
  return (
    <figure class="quote">
      <blockquote lang="ar">
        <Say text={quote.text} marks={quote.marks} />
      </blockquote>
      <figcaption>
        <a href={href('report', quote.document, { claim: quote.claim, show: 'all' })}>
          <Say text={quote.title || quote.outlet || quote.document} />
        </a>
        {quote.title && quote.outlet && <Say text={quote.outlet} />}
        {quote.published && <time dateTime={quote.published}>{day(quote.published, 'short')}</time>}
        {quote.copy && <span class="tag">{t('figures.copy')}</span>}
      </figcaption>
    </figure>
  );
}
