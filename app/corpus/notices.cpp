#include "app/corpus/notices.h"

#include <cstring>
#include <map>

#include "app/corpus/document_rows.h"
#include "app/corpus/near_duplicates.h"

namespace plumbline::corpus {

namespace {

std::string nameOf(const StoredDocument& document)
{
    return document.facts.id + "@" + document.facts.version;
}

Result<std::vector<MinHashSignature>> readSignatures(store::Database& database,
                                                     const std::vector<StoredDocument>& documents,
                                                     std::int64_t generation)
{
    std::map<std::int64_t, MinHashSignature> byKey;
    auto done = database.run(
        "SELECT d.key, d.shingles FROM generation_documents g JOIN documents d ON d.key = g.document"
        " WHERE g.generation = ?1 AND d.imported = 0",
        {generation}, [&](const store::Row& row) {
            const std::string_view bytes = row.bytes(1);
            if (bytes.size() == sizeof(MinHashSignature)) {
                std::memcpy(byKey[row.integer(0)].data(), bytes.data(), bytes.size());
            }
        });
    if (!done) {
        return tl::unexpected(done.error());
    }
    std::vector<MinHashSignature> signatures;
    signatures.reserve(documents.size());
    for (const StoredDocument& document : documents) {
        signatures.push_back(byKey[document.key]);
    }
    return signatures;
}

void addDuplicates(const std::vector<StoredDocument>& documents,
                   const std::vector<MinHashSignature>& signatures, std::vector<Notice>& notices)
{
    for (const DuplicatePair& pair : nearDuplicates(signatures)) {
        const StoredDocument& first = documents[pair.first];
        const StoredDocument& second = documents[pair.second];
        if (first.facts.id == second.facts.id) { // versions of one document are meant to be alike
            continue;
        }
        notices.push_back({"near_duplicate",
                           nameOf(first) + " and " + nameOf(second) + " share about " +
                               std::to_string(static_cast<int>(pair.similarity * 100)) + " % of their text",
                           {nameOf(first), nameOf(second)}});
    }
}

void addSupersessions(const std::vector<StoredDocument>& documents, std::vector<Notice>& notices)
{
    std::map<std::string, const StoredDocument*> newest; // approved, by id
    for (const StoredDocument& document : documents) {
        const StoredDocument*& holder = newest[document.facts.id];
        if (document.state == State::Approved &&
            (holder == nullptr || compareVersions(holder->facts.version, document.facts.version) < 0)) {
            holder = &document;
        }
    }
    for (const StoredDocument& document : documents) {
        const StoredDocument* successor = newest[document.facts.id];
        if (successor != nullptr && compareVersions(document.facts.version, successor->facts.version) < 0) {
            const auto& from = successor->facts.effective;
            notices.push_back({"superseded",
                               nameOf(document) + " gives way to " + nameOf(*successor) +
                                   (from ? " from " + plumbline::toString(*from) : std::string()),
                               {nameOf(document), nameOf(*successor)}});
        }
    }
}

} // namespace

Result<std::vector<Notice>> findNotices(store::Database& database, std::int64_t generation)
{
    auto all = readDocuments(database, generation);
    if (!all) {
        return tl::unexpected(all.error());
    }
    std::erase_if(*all, [](const StoredDocument& document) { return document.imported; });
    auto signatures = readSignatures(database, *all, generation);
    if (!signatures) {
        return tl::unexpected(signatures.error());
    }
    std::vector<Notice> notices;
    addDuplicates(*all, *signatures, notices);
    addSupersessions(*all, notices);
    for (const StoredDocument& document : *all) {
        if (document.approvalVoid && document.approval == Approval::None) {
            notices.push_back({"approval_void",
                               nameOf(document) + " was approved with another text; approve it again",
                               {nameOf(document)}});
        }
    }
    return notices;
}

} // namespace plumbline::corpus
