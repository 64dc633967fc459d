// SPDX-License-Identifier: Apache-2.0
// Who decided what and when; whether the record is as it was; the selection as a file.
import { useState } from 'preact/hooks';
import { address, ApiError, post } from '../api/client';
import type { AuditRow, Format, Page, Verification } from '../api/types';
import { href, param, set } from '../app/route';
import { day, number, t, total, word, type Key } from '../i18n';
import { Filters, filterQuery } from '../parts/filters';
import { Empty, Failed, useGet, View } from '../parts/load';
import { Pager } from '../parts/pager';
import { Say } from '../parts/say';

const actions = ['create', 'import', 'refuse', 'reread', 'accept', 'correct', 'reject', 'add', 'split', 'merge', 'unmerge', 'undo', 'note', 'export', 'migrate'];

export function AuditScreen() {
  const page = useGet<Page<AuditRow>>('/api/audit', { user: param('user'), action: param('action'), limit: 60, cursor: param('cursor'), ...filterQuery(['from', 'to']) });
  return (
    <div class="page">
      <h1>{t('audit.title')}</h1>
      <div class="audit-top">
        <Verify />
        <Export />
      </div>
      <h2>{t('audit.chain')}</h2>
      <Filters use={['from', 'to']}>
        <label class="filter">
          <span>{t('audit.user')}</span>
          <input type="text" {...(param('user') ? { dir: 'auto' as const } : {})} value={param('user')} onChange={(e) => set({ user: e.currentTarget.value.trim() || null, cursor: null }, true)} />
        </label>
        <label class="filter">
          <span>{t('audit.action')}</span>
          <select value={param('action')} onChange={(e) => set({ action: e.currentTarget.value || null, cursor: null }, true)}>
            <option value="">{t('app.all')}</option>
            {actions.map((a) => (
              <option key={a} value={a}>
                {t(`act.${a}` as Key)}
              </option>
            ))}
          </select>
        </label>
      </Filters>
      <View of={page}>
        {(data) =>
          data.items.length === 0 ? (
            <Empty title={t('audit.empty')} mend={t('audit.empty.mend')} />
          ) : (
            <>
              <p role="status">{total('n.entries', data)}</p>
              <div class="table-box" tabIndex={0} role="region" aria-label={t('audit.chain')}>
                <table class="matrix flat">
                  <thead>
                    <tr>
                      {(['audit.seq', 'audit.at', 'audit.user', 'audit.action', 'audit.subject', 'audit.hash'] as const).map((k) => (
                        <th key={k} scope="col">
                          {t(k)}
                        </th>
                      ))}
                    </tr>
                  </thead>
                  <tbody>
                    {data.items.map((row) => (
                      <tr key={row.seq}>
                        <td>{number(row.seq)}</td>
                        <td>
                          <time dateTime={row.at}>{day(row.at, 'time')}</time>
                        </td>
                        <td>
                          <Say text={row.user} />
                        </td>
                        <td>{t(`act.${row.action}` as Key) || row.action}</td>
                        <td>
                          <Subject of={row.subject} />
                        </td>
                        <td>
                          <code dir="ltr" title={row.hash}>
                            {row.hash.slice(0, 12)}
                          </code>
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
              <Pager next={data.next} />
            </>
          )
        }
      </View>
    </div>
  );
}

function Subject({ of }: { of: string }) {
  const claim = /^(D\d+)\.[svfp]\d+$/.exec(of);
  if (claim) return <a href={href('report', claim[1]!, { claim: of, show: 'all' })}><bdi>{of}</bdi></a>;
  if (/^D\d+$/.test(of)) return <a href={href('report', of, { show: 'all' })}><bdi>{of}</bdi></a>;
  if (/^[Ee]\d+$/.test(of)) return <a href={href('actors', of)}><bdi>{of}</bdi></a>;
  return <Say text={of} />;
}

function Verify() {
  const [head, setHead] = useState('');
  const [busy, setBusy] = useState(false);
  const [found, setFound] = useState<Verification | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const run = (): void => {
    setBusy(true);
    setError(null);
    post<Verification>('/api/verify', head.trim() ? { head: head.trim() } : {})
      .then(setFound, (e: unknown) => setError(e instanceof ApiError ? e : new ApiError(0, 'page', String(e), null, null)))
      .finally(() => setBusy(false));
  };
  return (
    <section class="card stack" aria-label={t('audit.verify')}>
      <h2>{t('audit.verify')}</h2>
      <form
        class="stack"
        onSubmit={(e) => {
          e.preventDefault();
          run();
        }}
      >
        <label class="filter">
          <span>{t('audit.verify.head')}</span>
          <input type="text" dir="ltr" spellcheck={false} value={head} onInput={(e) => setHead(e.currentTarget.value)} />
        </label>
        <button type="submit" class="button primary" disabled={busy}>
          {t(busy ? 'app.loading' : 'act.verify')}
        </button>
      </form>
      <div role="status">
        {found && (
          <div class={found.ok ? 'verdict good' : 'verdict bad'}>
            <strong>
              <span aria-hidden="true">{found.ok ? '✓' : '✕'}</span> {t(found.ok ? 'audit.ok' : 'audit.bad')}
            </strong>
            <p>{t('audit.ok.text', { x: found.entries })}</p>
            {found.bad && (
              <p>
                {found.bad.seq !== undefined && t('audit.bad.at', { x: found.bad.seq })} {found.bad.subject && <Subject of={found.bad.subject} />} {found.bad.message && <Say text={found.bad.message} />}
              </p>
            )}
            <p class="hint">
              {t('audit.head')} <code dir="ltr">{found.head}</code>
            </p>
          </div>
        )}
      </div>
      {error && <Failed error={error} again={run} />}
    </section>
  );
}

/// The server names its formats in English; what the page knows of them in Arabic goes before.
function said(set: string, id: string, otherwise: string): string {
  const known = word(set, id);
  return known === id ? otherwise : known;
}

function Export() {
  const formats = useGet<{ items: Format[] }>('/api/formats');
  const [bom, setBom] = useState(false);
  const [layer, setLayer] = useState('events');
  const selection = filterQuery();
  return (
    <section class="card stack" aria-label={t('audit.export')}>
      <h2>{t('audit.export')}</h2>
      <p class="hint">{t('audit.export.text')}</p>
      <View of={formats}>
        {(data) => (
          <>
            {data.items.some((f) => f.id === 'csv') && (
              <div class="actions">
                <label class="filter">
                  <span>CSV</span>
                  <select value={layer} onChange={(e) => setLayer(e.currentTarget.value)}>
                    {(['documents', 'entities', 'statements', 'events', 'figures', 'steps'] as const).map((l) => (
                      <option key={l} value={l}>
                        {t(({ documents: 'layers.d', entities: 'layers.e', statements: 'layers.s', events: 'layers.v', figures: 'layers.f', steps: 'layers.p' } as const)[l])}
                      </option>
                    ))}
                  </select>
                </label>
                <label class="check">
                  <input type="checkbox" checked={bom} onChange={(e) => setBom(e.currentTarget.checked)} /> {t('audit.bom')}
                </label>
              </div>
            )}
            <ul class="formats">
              {data.items.map((f) => (
                <li key={f.id}>
                  <a class="button small" download="" href={address('/api/export', { format: f.id, ...(f.id === 'csv' ? { layer, bom } : {}), ...selection })} aria-label={t('audit.download', { x: said('format', f.id, f.name) })}>
                    <Say text={said('format', f.id, f.name)} />
                  </a>
                  <span class="hint">
                    {t('audit.loses')}: {f.loses ? <Say text={said('format_loses', f.id, f.loses)} /> : t('audit.loses.nothing')}
                  </span>
                </li>
              ))}
            </ul>
          </>
        )}
      </View>
    </section>
  );
}
