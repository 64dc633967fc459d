// SPDX-License-Identifier: Apache-2.0
// Files into the record: dropped or chosen, with how far each is and what a person can mend.
import { signal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { address, ApiError, writing } from '../api/client';
import type { Import, Page } from '../api/types';
import { loadRecord } from '../app/record';
import { href, lang } from '../app/route';
import { day, number, t, type Key } from '../i18n';
import { Empty, useGet, View } from '../parts/load';
import { Say } from '../parts/say';

interface Sending {
  file: File;
  sent: number;
  error: ApiError | null;
  number: number;
}
const sending = signal<Sending[]>([]);
const added = signal(0); // imports that the server took since the page was opened
let count = 0;

function send(file: File, defaults: { outlet: string; published: string }): void {
  const one: Sending = { file, sent: 0, error: null, number: count++ };
  sending.value = [...sending.value, one];
  const change = (values: Partial<Sending> | null): void => {
    sending.value = sending.value.flatMap((s) => (s.number === one.number ? (values ? [{ ...s, ...values }] : []) : [s]));
  };
  // fetch tells nothing about what was sent so far.
  const request = new XMLHttpRequest();
  request.open('POST', address('/api/imports', { name: file.name, ...defaults }));
  for (const [name, value] of Object.entries(writing('application/octet-stream'))) request.setRequestHeader(name, value);
  request.setRequestHeader('Accept-Language', lang.value);
  request.upload.onprogress = (event) => change({ sent: event.loaded / (event.total || 1) });
  request.onload = () => {
    if (request.status < 300) {
      change(null);
      added.value++;
      return;
    }
    let body: { error?: { code?: string; message?: string; mend?: string | null } } = {};
    try {
      body = JSON.parse(request.responseText) as typeof body;
    } catch {
      // The status is what is left.
    }
    change({ error: new ApiError(request.status, body.error?.code ?? 'http', body.error?.message ?? String(request.status), body.error?.mend ?? null, null) });
  };
  request.onerror = () => change({ error: new ApiError(0, 'unreachable', t('app.unreachable'), t('app.unreachable.mend'), null) });
  request.send(file);
}

export function ImportsScreen() {
  const [over, setOver] = useState(false);
  const [outlet, setOutlet] = useState('');
  const [published, setPublished] = useState('');
  const page = useGet<Page<Import>>('/api/imports', { limit: 50 });
  const busy = page.data?.items.some((i) => i.state === 'waiting' || i.state === 'reading') ?? false;
  const { again } = page;
  useEffect(() => {
    if (added.value) again();
  }, [added.value]);
  useEffect(() => {
    if (!busy) {
      void loadRecord();
      return undefined;
    }
    const timer = window.setTimeout(again, 700);
    return () => window.clearTimeout(timer);
  }, [busy, page.data]);
  const take = (files: FileList | null | undefined): void => {
    for (const file of files ?? []) send(file, { outlet, published });
  };
  return (
    <div class="page narrow">
      <h1>{t('imports.title')}</h1>
      <div
        class={over ? 'drop over' : 'drop'}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          take(event.dataTransfer?.files);
        }}
      >
        <svg viewBox="0 0 40 40" width="44" height="44" aria-hidden="true">
          <path d="M20 26V8m-7 6 7-7 7 7M6 26v6h28v-6" fill="none" stroke="currentColor" stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round" />
        </svg>
        <p>
          {t('imports.drop')}{' '}
          <label class="button primary file">
            {t('imports.choose')}
            <input
              type="file"
              multiple
              class="sr"
              onChange={(event) => {
                take(event.currentTarget.files);
                event.currentTarget.value = '';
              }}
            />
          </label>
        </p>
        <p class="hint">{t('imports.kinds')}</p>
        <div class="drop-fields">
          <label class="filter">
            <span>{t('imports.outlet')}</span>
            <input type="text" {...(outlet ? { dir: 'auto' as const } : {})} value={outlet} onInput={(e) => setOutlet(e.currentTarget.value)} />
          </label>
          <label class="filter">
            <span>{t('imports.published')}</span>
            <input type="date" value={published} onInput={(e) => setPublished(e.currentTarget.value)} />
          </label>
        </div>
      </div>
      {sending.value.length > 0 && (
        <ul class="rows" aria-live="polite">
          {sending.value.map((s) => (
            <li key={s.number} class="import">
              <p class="import-head">
                <Say text={s.file.name} class="who" />
                {s.error ? <span class="tag bad">{t('imports.state.failed')}</span> : <span class="tag">{t('imports.state.sending')}</span>}
              </p>
              {s.error ? (
                <p class="import-error">
                  <Say text={s.error.message} /> {s.error.mend && <Say text={s.error.mend} />}{' '}
                  <button
                    type="button"
                    class="button small"
                    onClick={() => {
                      sending.value = sending.value.filter((x) => x.number !== s.number);
                      send(s.file, { outlet, published });
                    }}
                  >
                    {t('imports.again')}
                  </button>
                </p>
              ) : (
                <progress value={s.sent} max={1} aria-label={s.file.name} />
              )}
            </li>
          ))}
        </ul>
      )}
      <h2>{t('imports.history')}</h2>
      <View of={page}>
        {(data) =>
          data.items.length === 0 ? (
            <Empty title={t('imports.empty')} mend={t('imports.empty.mend')} />
          ) : (
            <ul class="rows" aria-live="polite">
              {data.items.map((i) => (
                <One key={i.id} of={i} />
              ))}
            </ul>
          )
        }
      </View>
    </div>
  );
}

function One({ of: i }: { of: Import }) {
  const running = i.state === 'waiting' || i.state === 'reading';
  const counts: [Key, number | undefined][] = [
    ['imports.added', i.added],
    ['imports.duplicates', i.duplicates],
    ['imports.copies', i.copies],
    ['imports.refused', i.refused],
  ];
  const only = i.documents?.length === 1 ? i.documents[0] : undefined;
  return (
    <li class="import">
      <p class="import-head">
        <Say text={i.name} class="who" />
        <span class={i.state === 'failed' || i.refused ? 'tag bad' : 'tag'}>{t(`imports.state.${i.state}`)}</span>
        {i.finished && <time dateTime={i.finished}>{day(i.finished, 'time')}</time>}
        {only && <a href={href('report', only)}>{t('app.open')}</a>}
      </p>
      {running && <progress {...(i.bytes ? { value: i.bytes_read ?? 0, max: i.bytes } : {})} aria-label={t(`imports.state.${i.state}`)} />}
      <p class="row-more">
        {counts.map(([key, n]) =>
          n ? (
            <span key={key}>
              {t(key)} <bdi>{number(n)}</bdi>
            </span>
          ) : null,
        )}
      </p>
      {(i.errors?.length ?? 0) > 0 && (
        <details open>
          <summary>{t('imports.errors')}</summary>
          <ul class="stack">
            {i.errors!.map((e, n) => (
              <li key={n} class="import-error">
                {e.line ? <span class="hint">{t('imports.line', { x: e.line })}: </span> : e.item ? <span class="hint">{t('imports.item', { x: e.item })}: </span> : null}
                <Say text={e.message} />
                {e.mend && (
                  <p>
                    → <Say text={e.mend} />
                  </p>
                )}
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}
