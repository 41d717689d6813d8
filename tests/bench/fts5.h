// SQLite FTS5 as anybody would use it, to measure against.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace plumbline::bench {

class Fts5 {
public:
    // An empty table with the tokenizer `porter unicode61`.
    explicit Fts5(const std::filesystem::path& file);
    ~Fts5();
    Fts5(const Fts5&) = delete;
    Fts5& operator=(const Fts5&) = delete;

    // All in one transaction; gives the seconds until it is committed.
    double insert(const std::vector<std::string>& chunks);

    // The ten best by bm25() for the words joined by OR, without stop words.
    void ask(const std::string& question);

private:
    void run(const std::string& sql);

    sqlite3* m_database = nullptr;
    sqlite3_stmt* m_select = nullptr;
};

} // namespace plumbline::bench
