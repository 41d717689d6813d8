// Pull reading of XML without entities, network or document type.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "app/base/result.h"

struct _xmlTextReader; // NOLINT(bugprone-reserved-identifier): the library's own name

namespace plumbline::corpus {

class XmlReader {
public:
    explicit XmlReader(std::string_view xml);
    ~XmlReader();
    XmlReader(const XmlReader&) = delete;
    XmlReader& operator=(const XmlReader&) = delete;

    enum class Event { Start, End, Text };

    // The next event; false at the end or at an error. An empty element gives Start and End.
    bool next();
    bool failed() const { return m_failed; } // not well formed, or with a document type

    Event event() const { return m_event; }
    std::string_view name() const; // without prefix
    std::string_view text() const;
    std::string attribute(const char* localName) const; // empty when absent
    bool hasAttribute(const char* localName) const;
    int depth() const;

private:
    _xmlTextReader* m_reader;
    Event m_event = Event::Start;
    bool m_endOfEmpty = false;
    bool m_failed = false;
};

} // namespace plumbline::corpus
