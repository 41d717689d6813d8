#include "app/base/csv.h"

namespace plumbline {

namespace {

constexpr std::size_t kMostRecords = 5'000'000;

class CsvReader {
public:
    CsvReader(std::string_view text, std::string_view fileName) : m_text(text), m_fileName(fileName) {}

    Result<std::vector<CsvRecord>> read()
    {
        std::vector<CsvRecord> records;
        while (m_at < m_text.size()) {
            CsvRecord record;
            record.line = m_line;
            do {
                auto field = nextField();
                if (!field) {
                    return tl::unexpected(field.error());
                }
                record.fields.push_back(std::move(*field));
            } while (take(','));
            (void)take('\r');
            if (take('\n')) {
                ++m_line;
            }
            const bool empty = record.fields.size() == 1 && record.fields.front().empty();
            if (!empty) {
                records.push_back(std::move(record));
            }
            if (records.size() > kMostRecords) {
                return error(ErrorCode::TooLarge, "has more than 5,000,000 records");
            }
        }
        return records;
    }

private:
    bool take(char c)
    {
        const bool there = m_at < m_text.size() && m_text[m_at] == c;
        m_at += there ? 1 : 0;
        return there;
    }

    tl::unexpected<Error> error(ErrorCode code, const char* message) const
    {
        return failure(code, message, std::string(m_fileName) + ":" + std::to_string(m_line));
    }

    // A carriage return belongs to the line's end only before a line feed or the end of the text.
    bool atEndOfField() const
    {
        if (m_at >= m_text.size() || m_text[m_at] == ',' || m_text[m_at] == '\n') {
            return true;
        }
        return m_text[m_at] == '\r' && (m_at + 1 == m_text.size() || m_text[m_at + 1] == '\n');
    }

    Result<std::string> nextField()
    {
        if (take('"')) {
            return quotedField();
        }
        const std::size_t start = m_at;
        while (!atEndOfField()) {
            ++m_at;
        }
        return std::string(m_text.substr(start, m_at - start));
    }

    Result<std::string> quotedField()
    {
        const std::size_t opened = m_line;
        std::string field;
        while (m_at < m_text.size()) {
            const char c = m_text[m_at++];
            if (c == '"' && !take('"')) {
                if (!atEndOfField()) {
                    return error(ErrorCode::BadInput,
                                 "expected a comma or the end of the line behind a closing quote");
                }
                return field;
            }
            m_line += c == '\n' ? 1 : 0;
            field += c;
        }
        m_line = opened;
        return error(ErrorCode::BadInput, "a quote that opens here is not closed");
    }

    std::string_view m_text;
    std::string_view m_fileName;
    std::size_t m_at = 0;
    std::size_t m_line = 1;
};

} // namespace

Result<std::vector<CsvRecord>> parseCsv(std::string_view text, std::string_view fileName)
{
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    if (text.starts_with(kByteOrderMark)) {
        text.remove_prefix(kByteOrderMark.size());
    }
    return CsvReader(text, fileName).read();
}

} // namespace plumbline
