// SPDX-License-Identifier: Apache-2.0
import { param, set } from '../app/route';
import { t } from '../i18n';

/// Back and onward through pages; the place in them stands in the address.
export function Pager({ next }: { next: string | null }) {
  const now = param('cursor');
  if (!next && !now) return null;
  return (
    <nav class="pager" aria-label={t('app.more')}>
      {now && (
        <button type="button" class="button" onClick={() => history.back()}>
          {t('app.back')}
        </button>
      )}
      {next && (
        <button type="button" class="button" onClick={() => set({ cursor: next }, true)}>
          {t('app.more')}
        </button>
      )}
    </nav>
  );
}
