// Elements and text of an HTML page, in the order of the page, to stored text.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "app/corpus/text_builder.h"

namespace plumbline::corpus {

using HtmlAttributes = std::map<std::string, std::string>;

class HtmlWriter {
public:
    explicit HtmlWriter(std::uint64_t maxTextBytes) : m_builder(maxTextBytes) {}

    void open(const std::string& name, const HtmlAttributes& attributes);
    void close(const std::string& name);
    void text(std::string_view text);
    void comment(std::string_view text);

    std::size_t depth() const { return m_open.size(); }
    bool isFull() const { return m_builder.isFull(); }
    const std::map<std::string, std::string>& meta() const { return m_meta; }
    const std::string& title() const { return m_title; }
    ExtractedText take();

private:
    struct Element {
        std::string name;
        bool background = false; // it or an element around it is painted in another colour than white
    };
    struct List {
        bool ordered = false;
        int group = 0;
        int number = 0;
    };
    struct Table {
        std::size_t depth = 0; // of the element
        int group = 0;
        bool inHead = false;
        bool sawRow = false;
        bool inCell = false;
        bool allHeaderCells = true;
        std::vector<std::string> cells;
    };

    std::string reasonToHide(const std::string& name, const HtmlAttributes& attributes,
                             bool background) const;
    void openBlock(const std::string& name, const HtmlAttributes& attributes);
    void openTablePart(const std::string& name);
    void closeBlock(const std::string& name);
    void closeTablePart(const std::string& name);
    void endDropped();
    void flush();
    void endRow();
    void dissolveTable();
    bool inTable() const { return !m_tables.empty(); }

    TextBuilder m_builder;
    std::vector<Element> m_open;
    std::vector<List> m_lists;
    std::vector<Table> m_tables;
    std::map<std::string, std::string> m_meta;
    std::string m_title;
    std::string m_run; // text since the last block boundary
    int m_headingLevel = 0;
    int m_quotes = 0;
    int m_pres = 0;
    bool m_itemOpen = false;       // the next flush is the text of a list item
    std::string m_term;            // of a definition list
    std::size_t m_droppedFrom = 0; // depth of the element whose content is not read; 0 = none
    bool m_inTitle = false;
    std::string m_hiddenReason; // empty: dropped without a word (navigation)
    std::string m_hiddenRun;
};

} // namespace plumbline::corpus
