#include "app/evals/html_page.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "app/evals/markup_text.h"

namespace plumbline::evals::html {

namespace {

// Okabe and Ito's colours, darker or lighter where the background asks for it.
constexpr std::string_view kStyle = R"(
:root { color-scheme: light dark; --ink: #1b1f24; --soft: #57606a; --line: #d0d7de; --back: #ffffff; --pane: #f6f8fa;
  --good: #00694c; --bad: #a33c00; --warn: #7a5200; --mark: #0072b2; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --soft: #9aa4af; --line: #30363d; --back: #0d1117;
  --pane: #161b22; --good: #2fc597; --bad: #ff8c52; --warn: #e6b450; --mark: #56b4e9; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 84rem; padding: 1.5rem; color: var(--ink); background: var(--back);
  font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; } h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; }
h3 { font-size: 1rem; margin: 1.25rem 0 .25rem; }
p { margin: .25rem 0 .5rem; } .soft { color: var(--soft); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; margin: .25rem 0 1rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--soft); padding-bottom: .25rem; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid var(--line); }
th { font-weight: 600; } td.number, th.number { text-align: right; white-space: nowrap; }
.good { color: var(--good); font-weight: 600; } .bad { color: var(--bad); font-weight: 600; }
.warn { color: var(--warn); font-weight: 600; }
svg { display: block; margin: .35rem 0 0 auto; }
.track { stroke: var(--line); } .reach { stroke: var(--mark); } .dot { fill: var(--mark); }
details { border: 1px solid var(--line); border-radius: 6px; margin: .4rem 0; background: var(--pane); }
summary { padding: .5rem .75rem; cursor: pointer; } details > div { padding: 0 .75rem .75rem; }
dl { display: grid; grid-template-columns: 6rem 1fr; gap: .25rem .75rem; margin: 0; }
dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; white-space: pre-wrap; }
mark { background: none; color: inherit; border-bottom: 2px solid var(--mark); }
)";

std::string number(double value)
{
    std::array<char, 64> text{};
    const auto end =
        std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed, 1);
    return {text.data(), end.ptr};
}

} // namespace

std::string page(std::string_view title, std::string_view body)
{
    std::string out = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                      "style-src 'unsafe-inline'\">\n<title>";
    out += escapedMarkup(title) + "</title>\n<style>" + std::string(kStyle) + "</style>\n</head>\n<body>\n";
    return out + std::string(body) + "</body>\n</html>\n";
}

std::string heading(int level, std::string_view text)
{
    const std::string tag = "h" + std::to_string(level);
    return "<" + tag + ">" + escapedMarkup(text) + "</" + tag + ">\n";
}

std::string paragraph(std::string_view text)
{
    return "<p>" + escapedMarkup(text) + "</p>\n";
}

std::string table(std::string_view caption, const std::vector<std::string>& heads,
                  const std::vector<std::vector<Cell>>& rows)
{
    std::string out =
        "<div class=\"scroll\"><table>\n<caption>" + escapedMarkup(caption) + "</caption>\n<tr>";
    for (std::size_t column = 0; column < heads.size(); ++column) {
        const bool right = !rows.empty() && column < rows.front().size() && rows.front()[column].number;
        out += std::string("<th scope=\"col\"") + (right ? " class=\"number\">" : ">") +
               escapedMarkup(heads[column]) + "</th>";
    }
    out += "</tr>\n";
    for (const auto& row : rows) {
        out += "<tr>";
        for (const Cell& cell : row) {
            const std::string text = cell.kind.empty() ? escapedMarkup(cell.text)
                                                       : "<span class=\"" + cell.kind + "\">" +
                                                             escapedMarkup(cell.text) + "</span>";
            out += std::string("<td") + (cell.number ? " class=\"number\">" : ">") + text + cell.markup +
                   "</td>";
        }
        out += "</tr>\n";
    }
    return out + "</table></div>\n";
}

std::string bar(double value, double low, double high, double least, double most, std::string_view words)
{
    constexpr double kWidth = 112;
    const auto at = [&](double x) {
        const double share = most > least ? (x - least) / (most - least) : 0;
        return number(4 + kWidth * std::clamp(share, 0.0, 1.0));
    };
    std::string out = "<svg width=\"120\" height=\"12\" viewBox=\"0 0 120 12\" role=\"img\" aria-label=\"" +
                      escapedMarkup(words) +
                      "\"><line class=\"track\" x1=\"4\" y1=\"6\" x2=\"116\" y2=\"6\"/>";
    if (least < 0 && most > 0) {
        out += "<line class=\"track\" x1=\"" + at(0) + "\" y1=\"1\" x2=\"" + at(0) + "\" y2=\"11\"/>";
    }
    out += "<line class=\"reach\" stroke-width=\"3\" x1=\"" + at(low) + "\" y1=\"6\" x2=\"" + at(high) +
           "\" y2=\"6\"/>";
    return out + "<circle class=\"dot\" cx=\"" + at(value) + "\" cy=\"6\" r=\"3.5\"/></svg>";
}

std::string entry(std::string_view name, std::string_view text, bool quoted)
{
    if (text.empty()) {
        return {};
    }
    const std::string escaped = escapedMarkup(text);
    return "<dt>" + escapedMarkup(name) + "</dt><dd>" + (quoted ? "<mark>" + escaped + "</mark>" : escaped) +
           "</dd>\n";
}

} // namespace plumbline::evals::html
