// SPDX-License-Identifier: Apache-2.0
// What the server answers, as docs/openapi.yaml has it. Spans count code points.

export interface Span {
  start: number;
  end: number;
  text: string;
}
export interface Ref {
  id: string;
  name: string;
  name_en?: string | null;
  kind?: string;
}
export type Layer = 's' | 'v' | 'f' | 'p';
export type State = 'machine' | 'accepted' | 'corrected' | 'rejected' | 'added';

export interface Page<T> {
  total: number;
  at_least: boolean;
  next: string | null;
  items: T[];
}

export interface RecordInfo {
  name: string;
  version: string;
  user: string;
  writable?: boolean;
  first_day?: string | null;
  last_day?: string | null;
  counts: Record<string, number>;
  outlets: { name: string; documents: number }[];
  vocabulary: Record<string, string[]> & { event_mode?: never };
}

export interface DocumentRow {
  id: string;
  title: string | null;
  lead?: string | null;
  published: string | null;
  outlet: string | null;
  lang?: string;
  length?: number;
  open: number;
  claims: number;
  least: number | null;
  copy_of?: string | null;
}

export interface Claim {
  id: string;
  n: string;
  state: State;
  confidence?: number | null;
  rule: string;
  decided?: Decision | null;
  record_id?: string | null;
}
export interface Statement extends Claim {
  cue: Span | null;
  speaker: string | null;
  with: string[];
  speaker_span: Span | null;
  mode: string;
  content: Span;
  to: string[];
  via: string | null;
  time: string | null;
  inside: string | null;
}
export interface Happened extends Claim {
  trigger: Span;
  type: string;
  mode: string | null;
  actors: string[];
  recipients: string[];
  reality: string;
  negated: boolean;
  place: string | null;
  time: string | null;
  statement: string | null;
}
export interface Figure extends Claim, Span {
  value: number;
  high: number | null;
  bound: string;
  counted: string;
  what: string;
  part_of: string | null;
  restates: string | null;
  place: string | null;
  since: string | null;
  until: string | null;
  source: string | null;
}
export interface Step extends Claim {
  what: Span;
  kind: string;
  by: string[];
  asked_by: string[];
  for: Span | null;
  place: string | null;
  status: string;
  according_to: string | null;
  statement: string | null;
  as_of: string | null;
  same_as: string | null;
}
export type AnyClaim = Statement | Happened | Figure | Step;

export interface Entity {
  id: string;
  record_id?: string | null;
  kind: string;
  name: string;
  name_en?: string | null;
  name_en_transliterated?: boolean;
  country?: string | null;
  sector?: string | null;
  mentions: (Span & { form: string })[];
}
export interface Time extends Span {
  id: string;
  type: string;
  value: string;
  begin: string | null;
  until: string | null;
  inferred?: boolean;
  conflict?: boolean;
}
export interface Report {
  id: string;
  version: number;
  document: {
    id: string;
    source: string | null;
    title: string | null;
    published: string | null;
    published_from?: string | null;
    uri?: string | null;
    text: string;
    raw_sha256?: string;
    text_sha256?: string;
    lang?: string;
    copy_of?: string | null;
    copies?: string[];
  };
  entities: Entity[];
  times: Time[];
  statements: Statement[];
  events: Happened[];
  figures: Figure[];
  steps: Step[];
  queue?: { previous: string | null; next: string | null; open: number };
}

export interface Decision {
  id: number;
  at: string;
  user: string;
  action: string;
  layer: string;
  document: string | null;
  claim: string | null;
  others?: string[];
  before?: Record<string, unknown> | null;
  after?: Record<string, unknown> | null;
  note?: string | null;
  undone?: boolean;
}
export interface NewDecision {
  action: string;
  document?: string;
  version?: number;
  layer?: string;
  claim?: string;
  others?: string[];
  after?: Record<string, unknown>;
  parts?: Record<string, unknown>[];
  note?: string;
}
export interface Changed {
  statements?: Statement[];
  events?: Happened[];
  figures?: Figure[];
  steps?: Step[];
  gone?: string[];
}
export interface Decided {
  version: number;
  decision: Decision;
  changed: Changed;
  since?: Decision[];
}
export interface Conflict {
  version: number;
  theirs: Decision[];
  changed: Changed;
}
export interface Why {
  rule: string;
  title?: string | null;
  example?: string | null;
  file?: string | null;
  confidence?: number | null;
  meaning?: string | null;
  evidence?: { role: string; span: Span }[];
}

export interface Mark {
  start: number;
  end: number;
}
export interface Quote {
  claim: string;
  document: string;
  title?: string | null;
  outlet?: string | null;
  published?: string | null;
  text: string;
  marks?: Mark[];
  copy?: boolean;
  state?: string;
}
export interface TimelineItem {
  layer: 'h' | 's' | 'p';
  id: string;
  type?: string | null;
  day: string | null;
  until?: string | null;
  time?: string | null;
  text: string;
  actors?: Ref[];
  recipients?: Ref[];
  place?: Ref | null;
  mentions?: number;
  sources?: number;
  denied?: boolean;
  reality?: string;
  document?: string;
  claim?: string;
}
export interface Bin {
  begin: string;
  happenings?: number;
  statements?: number;
  steps?: number;
}
export interface Timeline {
  total: number;
  unit: string;
  bins: Bin[];
  items: TimelineItem[];
}
export interface Happening {
  id: string;
  type: string;
  mode?: string | null;
  day: string | null;
  until?: string | null;
  place?: Ref | null;
  actors?: Ref[];
  recipients?: Ref[];
  denied?: boolean;
  mentions?: number;
  sources?: number;
  figures?: SeriesFigure[];
  quotes: Quote[];
}
export interface MapPlace {
  id: string;
  name: string;
  name_en?: string | null;
  country?: string | null;
  lat: number;
  lon: number;
  happenings: number;
  figures?: number;
  types?: Record<string, number>;
  killed?: number | null;
}
export interface MapAnswer {
  places: MapPlace[];
  unit: string;
  bins: Bin[];
  unplaced?: number;
}
export interface SeriesFigure {
  claim: string;
  value: number;
  high?: number | null;
  bound: string;
  what?: string;
  counted?: string;
  source?: Ref | null;
  outlet?: string | null;
  day: string | null;
  document: string;
  quote?: Quote;
  copy?: boolean;
  state?: string;
}
export interface Contradiction {
  id?: number;
  kind: string;
  a: string;
  b: string;
  note?: Record<string, unknown>;
}
export interface Series {
  id: string;
  what: string;
  counted: string;
  place?: Ref | null;
  since?: string | null;
  until?: string | null;
  low: number;
  high: number;
  best: number;
  best_claim?: string | null;
  figures_count?: number;
  sources?: number;
  happening?: string | null;
  disputed?: boolean;
  figures?: SeriesFigure[];
  contradictions?: Contradiction[];
}
export interface Condition {
  entry?: string | null;
  for?: string | null;
  needs: string;
  quote?: Quote;
}
export interface LedgerEntry {
  id: string;
  kind: string;
  text: string;
  place?: Ref | null;
  process?: string | null;
  by: Ref[];
  asked_by: Ref[];
  status: string;
  status_day?: string | null;
  first_day?: string | null;
  last_day?: string | null;
  mentions: number;
  sources?: number;
  waits_for?: number;
  disputed?: boolean;
  history?: { day: string | null; status: string; according_to?: Ref | null; quote: Quote }[];
  needs?: Condition[];
  needed_by?: Condition[];
  contradictions?: Contradiction[];
}
export interface Conditions {
  nodes: LedgerEntry[];
  edges: Condition[];
}
export interface Change {
  entry: LedgerEntry;
  before: string | null;
  status: string;
  day: string;
  according_to?: Ref | null;
  quote?: Quote;
}
export interface Actor {
  id: string;
  kind: string;
  name: string;
  name_en?: string | null;
  country?: string | null;
  sector?: string | null;
  mentions: number;
  statements?: number;
  events?: number;
  steps?: number;
  first_day?: string | null;
  last_day?: string | null;
  names?: string[];
  roles?: { role: string; first_day?: string | null; last_day?: string | null; document?: string }[];
  neighbours?: { other: Ref; type: string; out: number; in: number }[];
  proposals?: { other: Ref; reason: string; score: number }[];
  merged?: Ref[];
}
export interface NetworkNode extends Ref {
  sector?: string | null;
  country?: string | null;
  weight: number;
}
export interface NetworkEdge {
  a: string;
  b: string;
  type: string;
  directed?: boolean;
  count: number;
  example?: string;
}
export interface Network {
  nodes: NetworkNode[];
  edges: NetworkEdge[];
  left_out?: number;
}
export interface Hit {
  layer: 'd' | 'e' | Layer;
  id: string;
  document?: string | null;
  title?: string | null;
  outlet?: string | null;
  day?: string | null;
  text: string;
  marks?: Mark[];
  exact?: boolean;
  type?: string | null;
}
export interface ImportError {
  item?: number;
  line?: number;
  code: string;
  message: string;
  mend?: string | null;
}
export interface Import {
  id: string;
  name: string;
  kind?: string | null;
  state: 'waiting' | 'reading' | 'done' | 'failed';
  started?: string | null;
  finished?: string | null;
  bytes?: number;
  bytes_read?: number;
  read?: number;
  added: number;
  duplicates?: number;
  copies?: number;
  refused: number;
  documents?: string[];
  errors?: ImportError[];
}
export interface AuditRow {
  seq: number;
  at: string;
  user: string;
  action: string;
  subject: string;
  detail?: unknown;
  hash: string;
}
export interface Verification {
  ok: boolean;
  entries: number;
  documents?: number;
  head: string;
  seconds?: number;
  bad?: { seq?: number; subject?: string; message?: string } | null;
}
export interface Format {
  id: string;
  name: string;
  extension: string;
  type?: string;
  loses?: string;
}
