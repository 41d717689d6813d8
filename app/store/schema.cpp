// The tables, as the migrations made them one after the other. A step that was released is never changed.
#include "app/store/migrations.h"

namespace plumbline::store {

namespace {

// Version 1: documents and their approvals, the ledger, index generations, feedback.
constexpr std::string_view kFirst = R"sql(
-- A document version as extracted once; never changed afterwards.
CREATE TABLE documents (
    key INTEGER PRIMARY KEY,
    path TEXT NOT NULL,             -- relative to the workspace; of an import: 'import:' and its id
    source_digest TEXT NOT NULL,    -- of the file's bytes, its sidecar and what cut it
    digest TEXT NOT NULL,           -- of the stored text
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    title TEXT NOT NULL,
    owner TEXT NOT NULL,
    state TEXT,                     -- as declared; NULL when the file says nothing
    effective TEXT,
    expires TEXT,
    classification TEXT NOT NULL,
    tags TEXT NOT NULL,             -- JSON array
    supersedes TEXT NOT NULL,       -- JSON array
    imported INTEGER NOT NULL,      -- 1 = a row of index --from-jsonl
    characters INTEGER NOT NULL,
    chunks INTEGER NOT NULL,
    outline TEXT NOT NULL,          -- blocks, see document_rows.h
    shingles BLOB NOT NULL,         -- MinHash signature
    warnings TEXT NOT NULL          -- JSON array
) STRICT;
CREATE INDEX documents_by_digest ON documents (digest);
CREATE TABLE document_texts (
    document INTEGER PRIMARY KEY REFERENCES documents (key) ON DELETE CASCADE,
    text TEXT NOT NULL
) STRICT;
CREATE TABLE chunks (
    key INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
    heading TEXT NOT NULL,
    start INTEGER NOT NULL,         -- code points into the document's text
    finish INTEGER NOT NULL,
    words INTEGER NOT NULL,
    units TEXT NOT NULL             -- see document_rows.h
) STRICT;
CREATE INDEX chunks_by_document ON chunks (document);

CREATE TABLE approvals (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    digest TEXT NOT NULL,
    actor TEXT NOT NULL,
    known_how TEXT NOT NULL,
    at TEXT NOT NULL,
    source TEXT NOT NULL CHECK (source IN ('record', 'front_matter')),
    void_at TEXT                    -- the text changed under the same version
) STRICT;
CREATE INDEX approvals_by_digest ON approvals (digest);
CREATE INDEX approvals_by_id ON approvals (id, version);
CREATE TABLE quarantine_releases (
    source_digest TEXT PRIMARY KEY,
    path TEXT NOT NULL,
    actor TEXT NOT NULL,
    known_how TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;

-- What happened to each file when it was last looked at.
CREATE TABLE ledger (
    path TEXT PRIMARY KEY,
    state TEXT NOT NULL CHECK (state IN ('indexed', 'skipped', 'quarantined', 'removed')),
    reason TEXT NOT NULL,
    document_id TEXT NOT NULL,
    source_digest TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    milliseconds REAL NOT NULL,
    at TEXT NOT NULL
) STRICT;
CREATE TABLE notices (
    kind TEXT NOT NULL,
    detail TEXT NOT NULL,
    documents TEXT NOT NULL         -- JSON array of id@version
) STRICT;

CREATE TABLE segments (
    number INTEGER PRIMARY KEY,
    folder TEXT NOT NULL,           -- below .plumbline/index
    chunks INTEGER NOT NULL,
    keys BLOB NOT NULL              -- per chunk: its key and its document's, 8 bytes little-endian each
) STRICT;
CREATE TABLE generations (
    number INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    space TEXT NOT NULL,            -- file of the latent space below .plumbline/index
    drift REAL NOT NULL,
    documents INTEGER NOT NULL,
    chunks INTEGER NOT NULL
) STRICT;
CREATE TABLE generation_segments (
    generation INTEGER NOT NULL REFERENCES generations (number) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    segment INTEGER NOT NULL REFERENCES segments (number),
    PRIMARY KEY (generation, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE generation_documents (
    generation INTEGER NOT NULL REFERENCES generations (number) ON DELETE CASCADE,
    document INTEGER NOT NULL REFERENCES documents (key),
    PRIMARY KEY (generation, document)
) STRICT, WITHOUT ROWID;
CREATE INDEX generation_documents_by_document ON generation_documents (document);
CREATE TABLE service (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    generation INTEGER REFERENCES generations (number),
    epoch INTEGER NOT NULL,         -- goes up with everything that changes what may be used
    approved_by_default INTEGER NOT NULL
) STRICT;
INSERT INTO service VALUES (1, NULL, 0, 0);

CREATE TABLE feedback (
    key INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    known_how TEXT NOT NULL,
    judgement TEXT NOT NULL CHECK (judgement IN ('helpful', 'wrong')),
    note TEXT NOT NULL,
    trace TEXT NOT NULL,
    question TEXT NOT NULL,
    answer TEXT NOT NULL,
    request TEXT NOT NULL,          -- JSON: everything the answer depended on
    UNIQUE (trace, actor)
) STRICT;
)sql";

// Version 2: the texts that prompt files have had, where Git does not keep them.
constexpr std::string_view kPromptHistory = R"sql(
CREATE TABLE prompt_history (
    key INTEGER PRIMARY KEY,
    path TEXT NOT NULL,             -- relative to the workspace
    digest TEXT NOT NULL,           -- SHA-256 of the text
    text BLOB NOT NULL,             -- as it stood, byte for byte
    actor TEXT NOT NULL,            -- whose program saw it first
    known_how TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;
CREATE INDEX prompt_history_by_path ON prompt_history (path);
)sql";

// Version 3: what calls of models used and cost, and what budgets hold for calls under way.
constexpr std::string_view kModelCalls = R"sql(
CREATE TABLE model_calls (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,               -- its start
    day TEXT NOT NULL,              -- of `at`, UTC
    workflow TEXT NOT NULL,
    run TEXT NOT NULL,
    prompt TEXT NOT NULL,           -- NAME@VERSION; '' = none
    endpoint TEXT NOT NULL,
    model TEXT NOT NULL,
    input INTEGER NOT NULL,
    cached INTEGER NOT NULL,        -- of input
    output INTEGER NOT NULL,
    reasoning INTEGER NOT NULL,     -- of output
    estimated INTEGER NOT NULL,
    cost INTEGER,                   -- micro-USD; NULL = unknown
    held INTEGER NOT NULL,          -- micro-USD that count against budgets while the cost is unknown
    simulated INTEGER NOT NULL,
    replayed INTEGER NOT NULL,
    outcome TEXT NOT NULL,          -- 'ok', or the code of the error
    latency_ms REAL NOT NULL,
    first_token_ms REAL NOT NULL,
    attempts INTEGER NOT NULL
) STRICT;
CREATE INDEX model_calls_by_day ON model_calls (day);
CREATE INDEX model_calls_by_run ON model_calls (run);
CREATE TABLE budget_reservations (
    id INTEGER PRIMARY KEY,
    day TEXT NOT NULL,
    run TEXT NOT NULL,
    amount INTEGER NOT NULL,        -- micro-USD
    simulated INTEGER NOT NULL,
    expires TEXT NOT NULL           -- a process that died gives it back then
) STRICT;
)sql";

// Version 4: vectors of endpoints, and which of them a generation is made with.
constexpr std::string_view kEmbeddings = R"sql(
ALTER TABLE generations ADD COLUMN embedder TEXT NOT NULL DEFAULT ''; -- what its vectors are from; '' = latent only
CREATE TABLE embedding_models (
    key INTEGER PRIMARY KEY,
    identity TEXT NOT NULL UNIQUE   -- of the embedder and of how its texts are put together
) STRICT;
-- What was paid for once is not asked for again.
CREATE TABLE embeddings (
    key INTEGER PRIMARY KEY,
    model INTEGER NOT NULL REFERENCES embedding_models (key) ON DELETE CASCADE,
    digest TEXT NOT NULL,           -- SHA-256 of the text as sent
    vector BLOB NOT NULL,           -- float32, little-endian
    UNIQUE (model, digest)
) STRICT;
CREATE TABLE embedding_uses (
    chunk INTEGER NOT NULL REFERENCES chunks (key) ON DELETE CASCADE,
    embedding INTEGER NOT NULL REFERENCES embeddings (key) ON DELETE CASCADE,
    PRIMARY KEY (chunk, embedding)
) STRICT, WITHOUT ROWID;
CREATE INDEX embedding_uses_by_embedding ON embedding_uses (embedding);
)sql";

// Version 5: evaluations: suites as they were run, what came of each case, and what people thought of it.
constexpr std::string_view kEvaluations = R"sql(
CREATE TABLE eval_suites (
    key INTEGER PRIMARY KEY,
    digest TEXT NOT NULL UNIQUE,    -- SHA-256 over all that is stored of it, places in the file too
    head TEXT NOT NULL,             -- JSON: name, prompts, models
    cases INTEGER NOT NULL
) STRICT;
CREATE TABLE eval_cases (
    suite INTEGER NOT NULL REFERENCES eval_suites (key) ON DELETE CASCADE,
    position INTEGER NOT NULL,      -- in the suite, from 0
    id TEXT NOT NULL,
    content TEXT NOT NULL,          -- JSON
    PRIMARY KEY (suite, position)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX eval_cases_by_id ON eval_cases (suite, id);
CREATE TABLE eval_runs (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    suite INTEGER NOT NULL REFERENCES eval_suites (key),
    settings TEXT NOT NULL,         -- JSON: variants, repeats, seed
    state TEXT NOT NULL,
    error TEXT NOT NULL,
    actor TEXT NOT NULL,
    started TEXT NOT NULL,
    ended TEXT,
    planned INTEGER NOT NULL
) STRICT;
CREATE INDEX eval_runs_by_suite ON eval_runs (suite);
-- What lists and sums need; the texts stand in eval_details.
CREATE TABLE eval_results (
    run INTEGER NOT NULL REFERENCES eval_runs (key) ON DELETE CASCADE,
    position INTEGER NOT NULL,      -- of the case
    variant INTEGER NOT NULL,
    repeat INTEGER NOT NULL,
    state TEXT NOT NULL,
    refusal TEXT NOT NULL,
    passed INTEGER NOT NULL,
    score REAL NOT NULL,
    cached INTEGER NOT NULL,
    cost INTEGER,                   -- micro-USD; NULL = not known
    latency_ms REAL NOT NULL,
    figures TEXT NOT NULL,          -- JSON: figures, named metrics, latency by stage, tokens
    finished TEXT NOT NULL,
    PRIMARY KEY (run, position, variant, repeat)
) STRICT, WITHOUT ROWID;
CREATE TABLE eval_details (
    run INTEGER NOT NULL REFERENCES eval_runs (key) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    variant INTEGER NOT NULL,
    repeat INTEGER NOT NULL,
    content TEXT NOT NULL,          -- JSON: the whole result
    UNIQUE (run, position, variant, repeat)
) STRICT;
CREATE TABLE eval_verdicts (
    run INTEGER NOT NULL REFERENCES eval_runs (key) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    variant INTEGER NOT NULL,
    repeat INTEGER NOT NULL,
    actor TEXT NOT NULL,
    known_how TEXT NOT NULL,
    agrees INTEGER NOT NULL,
    note TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (run, position, variant, repeat, actor)
) STRICT, WITHOUT ROWID;
-- What a model was asked once is not asked again.
CREATE TABLE eval_replies (
    key TEXT PRIMARY KEY,           -- SHA-256 over endpoint, request and repeat
    run TEXT NOT NULL,              -- the run that paid for it
    at TEXT NOT NULL,
    cost INTEGER,                   -- micro-USD; NULL = not known
    reply TEXT NOT NULL             -- a line of a recording
) STRICT, WITHOUT ROWID;
)sql";

} // namespace

const std::vector<Migration>& migrations()
{
    static const std::vector<Migration> all = {
        {1, kFirst}, {2, kPromptHistory}, {3, kModelCalls}, {4, kEmbeddings}, {5, kEvaluations}};
    return all;
}

int currentVersion()
{
    return migrations().back().version;
}

} // namespace plumbline::store
