// Unified diffs: written and applied.
#include "app/base/text_diff.h"

#include <charconv>

namespace plumbline {

namespace {

constexpr std::string_view kNoNewline = "\\ No newline at end of file\n";

void addLine(std::string& out, char mark, const std::string& line)
{
    out += mark;
    out += line;
    if (!line.ends_with('\n')) {
        out += '\n';
        out += kNoNewline;
    }
}

std::string rangeOf(std::size_t start, std::size_t count)
{
    return count == 1 ? std::to_string(start) : std::to_string(start) + "," + std::to_string(count);
}

// A file name on one line.
std::string nameLine(std::string_view mark, std::string_view name)
{
    std::string line(mark);
    for (const char c : name) {
        line += c == '\n' || c == '\r' ? ' ' : c;
    }
    return line + '\n';
}

class HunkWriter {
public:
    explicit HunkWriter(const TextDiff& diff) : m_diff(diff) {}

    std::string write(const DiffHunk& hunk, std::size_t leftBefore, std::size_t rightBefore)
    {
        m_body.clear();
        m_left = 0;
        m_right = 0;
        for (std::size_t i = hunk.begin; i < hunk.end; ++i) {
            const DiffRow& row = m_diff.rows[i];
            if (row.kind == DiffKind::Equal) {
                flush();
                addLine(m_body, ' ', m_diff.left[row.left - 1]);
                ++m_left;
                ++m_right;
                continue;
            }
            if (row.left > 0) {
                addLine(m_removed, '-', m_diff.left[row.left - 1]);
                ++m_left;
            }
            if (row.right > 0) {
                addLine(m_added, '+', m_diff.right[row.right - 1]);
                ++m_right;
            }
        }
        flush();
        // A side without lines names the line before.
        return "@@ -" + rangeOf(leftBefore + (m_left > 0 ? 1 : 0), m_left) + " +" +
               rangeOf(rightBefore + (m_right > 0 ? 1 : 0), m_right) + " @@\n" + m_body;
    }

    std::size_t leftLines() const { return m_left; }
    std::size_t rightLines() const { return m_right; }

private:
    void flush()
    {
        m_body += m_removed;
        m_body += m_added;
        m_removed.clear();
        m_added.clear();
    }

    const TextDiff& m_diff;
    std::string m_body;
    std::string m_removed;
    std::string m_added;
    std::size_t m_left = 0;
    std::size_t m_right = 0;
};

struct HunkHead {
    std::size_t leftStart = 0;
    std::size_t leftCount = 1;
    std::size_t rightStart = 0;
    std::size_t rightCount = 1;
};

bool takeNumber(std::string_view& text, std::size_t& out)
{
    const auto read = std::from_chars(text.data(), text.data() + text.size(), out);
    if (read.ec != std::errc()) {
        return false;
    }
    text.remove_prefix(static_cast<std::size_t>(read.ptr - text.data()));
    return true;
}

bool takeText(std::string_view& text, std::string_view expected)
{
    if (!text.starts_with(expected)) {
        return false;
    }
    text.remove_prefix(expected.size());
    return true;
}

bool takeRange(std::string_view& text, std::size_t& start, std::size_t& count)
{
    return takeNumber(text, start) && (!takeText(text, ",") || takeNumber(text, count));
}

bool parseHead(std::string_view line, HunkHead& head)
{
    return takeText(line, "@@ -") && takeRange(line, head.leftStart, head.leftCount) &&
           takeText(line, " +") && takeRange(line, head.rightStart, head.rightCount) && takeText(line, " @@");
}

class Patcher {
public:
    Patcher(std::string_view left, std::string_view patch) : m_left(left), m_patch(patch) {}

    Result<std::string> run()
    {
        if (m_patch.empty()) {
            return std::string(m_left);
        }
        if (!takeText(m_patch, "--- ") || !skipLine() || !takeText(m_patch, "+++ ") || !skipLine()) {
            return bad("expected '--- NAME' and '+++ NAME'");
        }
        while (!m_patch.empty()) {
            if (auto done = hunk(); !done) {
                return tl::unexpected(done.error());
            }
        }
        m_out += m_left;
        return std::move(m_out);
    }

private:
    Result<void> hunk()
    {
        HunkHead head;
        if (!parseHead(m_patch.substr(0, m_patch.find('\n')), head) || !skipLine()) {
            return bad("expected a hunk, '@@ -START,COUNT +START,COUNT @@'");
        }
        const std::size_t first = head.leftStart + (head.leftCount == 0 ? 1 : 0);
        if (first <= m_leftLine) {
            return bad("this hunk lies before the end of the last");
        }
        while (m_leftLine + 1 < first) {
            if (m_left.empty()) {
                return misfit("the text ends before this hunk");
            }
            m_out += takeLeft();
        }
        while (head.leftCount > 0 || head.rightCount > 0) {
            if (auto done = line(head); !done) {
                return done;
            }
        }
        return {};
    }

    Result<void> line(HunkHead& head)
    {
        const char mark = m_patch.empty() ? '\0' : m_patch.front();
        const bool fromLeft = mark == ' ' || mark == '-';
        const bool toRight = mark == ' ' || mark == '+';
        if ((!fromLeft && !toRight) || (fromLeft && head.leftCount == 0) ||
            (toRight && head.rightCount == 0)) {
            return bad("expected a line that begins with ' ', '-' or '+', as many as the hunk says");
        }
        std::string_view text = m_patch.substr(1, m_patch.find('\n'));
        if (!text.ends_with('\n')) {
            return bad("the patch ends inside a line");
        }
        skipLine();
        if (takeText(m_patch, kNoNewline)) {
            ++m_patchLine;
            text.remove_suffix(1);
        }
        if (fromLeft) {
            --head.leftCount;
            if (takeLeft() != text) {
                return misfit("the text has another line here than the patch");
            }
        }
        if (toRight) {
            --head.rightCount;
            m_out += text;
        }
        return {};
    }

    std::string_view takeLeft()
    {
        const std::size_t end = m_left.find('\n');
        const std::string_view line = m_left.substr(0, end == std::string_view::npos ? end : end + 1);
        m_left.remove_prefix(line.size());
        ++m_leftLine;
        return line;
    }

    bool skipLine()
    {
        const std::size_t end = m_patch.find('\n');
        if (end == std::string_view::npos) {
            return false;
        }
        m_patch.remove_prefix(end + 1);
        ++m_patchLine;
        return true;
    }

    tl::unexpected<Error> bad(const std::string& message) const
    {
        return failure(ErrorCode::BadInput, message, "line " + std::to_string(m_patchLine) + " of the patch");
    }

    tl::unexpected<Error> misfit(const std::string& message) const
    {
        return failure(ErrorCode::Conflict, message, "line " + std::to_string(m_leftLine));
    }

    std::string_view m_left;
    std::string_view m_patch;
    std::string m_out;
    std::size_t m_leftLine = 0; // lines taken
    std::size_t m_patchLine = 1;
};

} // namespace

std::string unified(const TextDiff& diff, std::string_view leftName, std::string_view rightName,
                    std::size_t context)
{
    std::string out;
    HunkWriter writer(diff);
    std::size_t row = 0;
    std::size_t left = 0; // lines before the row
    std::size_t right = 0;
    for (const DiffHunk& hunk : hunks(diff, context)) {
        // Between hunks all rows are equal.
        left += hunk.begin - row;
        right += hunk.begin - row;
        out += writer.write(hunk, left, right);
        left += writer.leftLines();
        right += writer.rightLines();
        row = hunk.end;
    }
    return out.empty() ? out : nameLine("--- ", leftName) + nameLine("+++ ", rightName) + out;
}

Result<std::string> applyUnified(std::string_view left, std::string_view patch)
{
    return Patcher(left, patch).run();
}

} // namespace plumbline
