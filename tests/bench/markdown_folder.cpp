#include "tests/bench/markdown_folder.h"

#include <cstdlib>
#include <fstream>
#include <iostream>

namespace plumbline::bench {

namespace {

std::string heading(SyntheticText& text, std::size_t topic)
{
    std::string words = text.passage(topic, 4);
    words.pop_back();
    return words;
}

std::string list(SyntheticText& text, std::size_t topic)
{
    std::string items;
    for (int i = 0; i < 5; ++i) {
        items += "- " + text.passage(topic, 11) + "\n";
    }
    return items + "\n";
}

std::string table(SyntheticText& text, std::size_t topic)
{
    std::string rows = "| Item | Limit | Owner |\n|---|---|---|\n";
    for (int i = 0; i < 6; ++i) {
        rows += "| " + text.passage(topic, 3) + "| " + std::to_string(i * 250 + 100) + " | " +
                text.passage(topic, 2) + "|\n";
    }
    return rows + "\n";
}

} // namespace

std::string markdownPolicy(SyntheticText& text, std::size_t number, std::size_t bytes)
{
    const std::size_t topic = text.topic();
    std::string markdown = "---\nid: POL-" + std::to_string(number) +
                           "\nversion: \"1.0\"\nstate: approved\n" + "effective: 2026-01-01\n---\n\n# " +
                           heading(text, topic) + "\n\n";
    for (std::size_t section = 0; markdown.size() < bytes; ++section) {
        markdown += (section % 3 == 0 ? "## " : "### ") + heading(text, topic) + "\n\n";
        markdown += text.passage(topic, 90) + "\n\n";
        markdown += section % 4 == 1   ? list(text, topic)
                    : section % 4 == 3 ? table(text, topic)
                                       : std::string();
        markdown += text.passage(topic, 70) + "\n\n";
    }
    return markdown;
}

std::filesystem::path markdownFile(const std::filesystem::path& folder, std::size_t number)
{
    return folder / ("area-" + std::to_string(number / 100)) / ("policy-" + std::to_string(number) + ".md");
}

void writeText(const std::filesystem::path& file, const std::string& text)
{
    std::filesystem::create_directories(file.parent_path());
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out << text;
    out.close();
    if (!out) {
        std::cerr << "cannot write " << file << '\n';
        std::exit(1);
    }
}

std::size_t writeMarkdownFolder(const std::filesystem::path& folder, SyntheticText& text, std::size_t count,
                                std::size_t bytes)
{
    std::size_t written = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const std::string markdown = markdownPolicy(text, i, bytes);
        writeText(markdownFile(folder, i), markdown);
        written += markdown.size();
    }
    return written;
}

} // namespace plumbline::bench
