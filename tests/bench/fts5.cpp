#include "tests/bench/fts5.h"

#include <cctype>
#include <cstdlib>
#include <iostream>

#include <sqlite3.h>

#include "app/retrieval/stop_words.h"
#include "tests/bench/figures.h"

namespace plumbline::bench {

namespace {

std::string queryOf(const std::string& question)
{
    std::string query;
    std::string word;
    for (const char c : question + " ") {
        if (std::isalnum(static_cast<unsigned char>(c)) != 0) {
            word += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        } else if (!word.empty()) {
            if (!retrieval::isStopWord(word)) {
                query += (query.empty() ? "\"" : " OR \"") + word + "\"";
            }
            word.clear();
        }
    }
    return query;
}

} // namespace

Fts5::Fts5(const std::filesystem::path& file)
{
    if (sqlite3_open(file.c_str(), &m_database) != SQLITE_OK) {
        std::cerr << sqlite3_errmsg(m_database) << '\n';
        std::exit(1);
    }
    run("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
        "CREATE VIRTUAL TABLE c USING fts5(body, tokenize = 'porter unicode61')");
}

Fts5::~Fts5()
{
    sqlite3_finalize(m_select);
    sqlite3_close(m_database);
}

void Fts5::run(const std::string& sql)
{
    if (sqlite3_exec(m_database, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
        std::cerr << sqlite3_errmsg(m_database) << '\n';
        std::exit(1);
    }
}

double Fts5::insert(const std::vector<std::string>& chunks)
{
    const auto begun = Clock::now();
    run("BEGIN");
    sqlite3_stmt* insert = nullptr;
    sqlite3_prepare_v2(m_database, "INSERT INTO c (body) VALUES (?1)", -1, &insert, nullptr);
    for (const std::string& chunk : chunks) {
        sqlite3_bind_text(insert, 1, chunk.data(), static_cast<int>(chunk.size()), nullptr);
        sqlite3_step(insert);
        sqlite3_reset(insert);
    }
    sqlite3_finalize(insert);
    run("COMMIT");
    return secondsSince(begun);
}

void Fts5::ask(const std::string& question)
{
    if (m_select == nullptr) {
        sqlite3_prepare_v2(m_database, "SELECT rowid FROM c WHERE c MATCH ?1 ORDER BY bm25(c) LIMIT 10", -1,
                           &m_select, nullptr);
    }
    const std::string query = queryOf(question);
    sqlite3_bind_text(m_select, 1, query.data(), static_cast<int>(query.size()), nullptr);
    while (sqlite3_step(m_select) == SQLITE_ROW) {
    }
    sqlite3_reset(m_select);
}

} // namespace plumbline::bench
