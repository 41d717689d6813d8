#include "app/corpus/ingest.h"

#include <algorithm>
#include <utility>

#include "app/base/digest.h"
#include "app/base/file.h"
#include "app/base/text.h"
#include "app/guard/ingest_screen.h"

namespace plumbline::corpus {

namespace {

// Goes up when loaders or chunker change what they make of the same bytes: everything is then read again.
constexpr std::string_view kIngestVersion = "2";

std::string cutting(const IngestSettings& settings)
{
    return std::string(kIngestVersion) + ' ' + std::to_string(settings.sizes.targetWords) + ' ' +
           std::to_string(settings.sizes.maxWords);
}

std::string firstHeading(const ExtractedText& text)
{
    const auto heading = std::ranges::find_if(
        text.blocks, [](const Block& block) { return block.kind == BlockKind::Heading; });
    if (heading == text.blocks.end() || heading->level > 2) {
        return {};
    }
    std::string_view line = CodePoints(text.text).slice(heading->span);
    while (line.starts_with('#') || line.starts_with(' ')) {
        line.remove_prefix(1);
    }
    return foldedWhitespace(line.substr(0, line.find('\n')));
}

// Identity from the file where the document does not say it.
void fillIn(Ingested& made, const std::string& path)
{
    FrontMatter& facts = made.document.facts;
    facts = made.text.facts;
    if (facts.id.empty()) {
        facts.id = path;
    }
    if (facts.version.empty()) {
        facts.version = "1";
    }
    if (facts.title.empty()) {
        facts.title = firstHeading(made.text);
    }
    if (facts.title.empty()) {
        facts.title = std::filesystem::path(path).stem().string();
    }
    made.document.digest = sha256Hex(made.text.text);
    made.document.characters = codePointCount(made.text.text);
}

void cut(Ingested& made, const IngestSettings& settings)
{
    made.chunks = chunk(made.text, settings.sizes);
    made.shingles = minHash(made.text.text);
    made.outcome = made.chunks.empty() ? IngestOutcome::Skipped : IngestOutcome::Ready;
    made.reason = made.chunks.empty() ? "has no text" : "";
}

std::string quarantineReason(const std::vector<guard::Finding>& findings)
{
    std::string reason;
    std::vector<std::string> seen;
    for (const guard::Finding& finding : findings) {
        if (std::ranges::find(seen, finding.rule) == seen.end()) {
            seen.push_back(finding.rule);
            reason += (reason.empty() ? "" : "; ") + finding.rule + ": " + finding.detail;
        }
    }
    return reason;
}

// Screens the text; what the screen finds takes the text away again.
bool quarantined(Ingested& made)
{
    std::vector<guard::HiddenPassage> hidden;
    for (const HiddenText& passage : made.text.hidden) {
        hidden.push_back({passage.span, passage.text, passage.reason});
    }
    const auto findings = guard::screenDocument(made.text.text, hidden);
    if (findings.empty()) {
        return false;
    }
    made.outcome = IngestOutcome::Quarantined;
    made.reason = quarantineReason(findings);
    made.text = {};
    return true;
}

} // namespace

Result<SourceBytes> readSource(const std::filesystem::path& home, const std::string& path,
                               const IngestSettings& settings)
{
    auto bytes = readFile(home / path, settings.limits.fileBytes);
    if (!bytes) {
        return tl::unexpected(bytes.error());
    }
    SourceBytes source;
    source.bytes = std::move(*bytes);
    const std::filesystem::path sidecar = home / (path + ".yaml");
    std::error_code ignored;
    if (std::filesystem::is_regular_file(sidecar, ignored)) {
        if (auto text = readFile(sidecar, 1'000'000)) {
            source.sidecar = std::move(*text);
        }
    }
    Sha256 digest;
    digest.add(source.bytes);
    digest.add(std::string_view("\0", 1));
    digest.add(source.sidecar);
    digest.add(std::string_view("\0", 1));
    digest.add(cutting(settings));
    source.digest = digest.hex();
    return source;
}

Result<Ingested> ingestFile(const std::string& path, const SourceBytes& source,
                            const IngestSettings& settings, bool released, std::stop_token stop)
{
    Ingested made;
    made.document.path = path;
    made.document.sourceDigest = source.digest;
    auto text = extract(path, source.bytes, source.sidecar, settings.limits, std::move(stop));
    if (!text) {
        if (text.error().code == ErrorCode::Cancelled) {
            return tl::unexpected(text.error());
        }
        // The ledger names the file already; a place inside it is kept.
        const Error& error = text.error();
        made.reason = error.where.empty() || error.where == path ? error.message : error.describe();
        return made;
    }
    made.text = std::move(*text);
    // A NUL would end the text for SQLite's functions; a blank keeps every place.
    std::ranges::replace(made.text.text, '\0', ' ');
    fillIn(made, path);
    if (!released && quarantined(made)) {
        return made;
    }
    cut(made, settings);
    return made;
}

Ingested ingestImport(const JsonlDocument& row, const IngestSettings& settings, bool released)
{
    Ingested made;
    made.document.path = importPath(row.id);
    made.document.sourceDigest = importDigest(row, settings);
    made.document.imported = true;
    made.text = fromJsonl(row);
    std::ranges::replace(made.text.text, '\0', ' ');
    made.text.facts.id = row.id;
    made.text.facts.title = row.title.empty() ? row.id : row.title;
    fillIn(made, row.id);
    if (!released && quarantined(made)) {
        return made;
    }
    cut(made, settings);
    return made;
}

std::string importPath(const std::string& id)
{
    return "import:" + id;
}

std::string importDigest(const JsonlDocument& row, const IngestSettings& settings)
{
    return sha256Hex(row.id + '\0' + row.title + '\0' + row.text + '\0' + cutting(settings));
}

} // namespace plumbline::corpus
