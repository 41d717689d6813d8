// Documents and chunks drawn as lines of text, so that a test reads as what a person would see.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <QtTest/QtTest>

#include "app/corpus/chunker.h"
#include "app/corpus/loader.h"

namespace plumbline::tests {

// "h1 Title", "p Text", "li1 Step" ("ol1" when numbered), "th | a |", "tr | 1 |", "code ls", "q Quoted"; a
// line end inside is "/".
inline std::string drawn(const corpus::ExtractedText& document)
{
    static constexpr const char* kNames[] = {"h", "p", "li", "th", "tr", "code", "q"};
    const CodePoints points(document.text);
    std::string out;
    for (const corpus::Block& block : document.blocks) {
        std::string name = block.ordered ? "ol" : kNames[static_cast<int>(block.kind)];
        name += block.level > 0 ? std::to_string(block.level) : "";
        std::string slice(points.slice(block.span));
        for (char& c : slice) {
            c = c == '\n' ? '/' : c;
        }
        out += name + ' ' + slice + '\n';
    }
    return out;
}

// "[heading]" and below it "s Sentence", "step Text", "row | a |", "code ls", with " ^ header" behind.
inline std::string drawn(const corpus::ExtractedText& document, const std::vector<corpus::Chunk>& chunks)
{
    static constexpr const char* kNames[] = {"s ", "step ", "row ", "code "};
    const CodePoints points(document.text);
    std::string out;
    for (const corpus::Chunk& chunk : chunks) {
        out += '[' + chunk.heading + "]\n";
        for (const corpus::Unit& unit : chunk.units) {
            out += kNames[static_cast<int>(unit.kind)] + std::string(points.slice(unit.span));
            out += unit.header ? " ^ " + std::string(points.slice(*unit.header)) + '\n' : "\n";
        }
    }
    return out;
}

inline std::string drawnHidden(const corpus::ExtractedText& document)
{
    std::string out;
    for (const corpus::HiddenText& hidden : document.hidden) {
        out += hidden.reason + ": " + hidden.text + '\n';
    }
    return out;
}

inline Result<corpus::ExtractedText> load(const char* name, std::string_view bytes,
                                          std::string_view sidecar = {},
                                          const corpus::LoadLimits& limits = {})
{
    return corpus::extract(name, bytes, sidecar, limits, {});
}

// The drawn blocks, or the error.
inline std::string loaded(const char* name, std::string_view bytes)
{
    const auto document = load(name, bytes);
    return document ? drawn(*document) : document.error().describe();
}

} // namespace plumbline::tests

#define COMPARE_TEXT(actual, expected)                                                                       \
    QCOMPARE(QString::fromStdString(actual), QString::fromStdString(expected))
