#include <algorithm>
#include <memory>

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>

#include "app/corpus/format_loaders.h"
#include "app/corpus/front_matter.h"
#include "app/corpus/html_writer.h"

namespace plumbline::corpus {

namespace {

// What the parser's callbacks work on. They must not throw, and end the parse when it has gone far enough.
struct HtmlRun {
    HtmlWriter writer;
    const LoadRequest& request;
    htmlParserCtxtPtr parser = nullptr;
    bool tooDeep = false;

    void check()
    {
        tooDeep = tooDeep || writer.depth() > static_cast<std::size_t>(request.limits.nesting);
        if (tooDeep || writer.isFull() || request.stop.stop_requested()) {
            xmlStopParser(parser);
        }
    }
};

HtmlRun& runOf(void* context)
{
    return *static_cast<HtmlRun*>(static_cast<htmlParserCtxtPtr>(context)->_private);
}

std::string_view view(const xmlChar* text)
{
    return text == nullptr ? std::string_view{} : std::string_view(reinterpret_cast<const char*>(text));
}

std::string_view view(const xmlChar* text, int length)
{
    return {reinterpret_cast<const char*>(text), static_cast<std::size_t>(std::max(0, length))};
}

void onStart(void* context, const xmlChar* name, const xmlChar** attributes)
{
    HtmlRun& run = runOf(context);
    HtmlAttributes given;
    for (; attributes != nullptr && attributes[0] != nullptr; attributes += 2) {
        given.emplace(asciiLower(view(attributes[0])), view(attributes[1]));
    }
    run.writer.open(asciiLower(view(name)), given);
    run.check();
}

void onEnd(void* context, const xmlChar* name)
{
    runOf(context).writer.close(asciiLower(view(name)));
}

void onText(void* context, const xmlChar* text, int length)
{
    runOf(context).writer.text(view(text, length));
}

void onComment(void* context, const xmlChar* text)
{
    runOf(context).writer.comment(view(text));
}

struct FreeParser {
    void operator()(htmlParserCtxtPtr parser) const
    {
        if (parser->myDoc != nullptr) {
            xmlFreeDoc(parser->myDoc);
        }
        htmlFreeParserCtxt(parser);
    }
};

} // namespace

Result<ExtractedText> loadHtml(std::string_view text, const LoadRequest& request)
{
    std::string source(text);
    std::replace(source.begin(), source.end(), '\0', ' '); // the parser takes a zero for the end
    const std::unique_ptr<htmlParserCtxt, FreeParser> parser(
        htmlCreateMemoryParserCtxt(source.data(), static_cast<int>(source.size())));
    if (parser == nullptr) {
        return failure(ErrorCode::BadInput, "cannot be read as HTML", request.name);
    }
    HtmlRun run{HtmlWriter(request.limits.textBytes), request, parser.get()};
    htmlCtxtUseOptions(parser.get(), HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                                         HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
    xmlSwitchEncoding(parser.get(), XML_CHAR_ENCODING_UTF8); // whatever its meta elements say
    xmlSAXHandler& sax = *parser->sax;
    sax = {};
    sax.initialized = 1;
    sax.startElement = onStart;
    sax.endElement = onEnd;
    sax.characters = onText;
    sax.ignorableWhitespace = onText;
    sax.cdataBlock = onText;
    sax.comment = onComment;
    parser->_private = &run;
    parser->userData = parser.get();
    htmlParseDocument(parser.get());

    if (request.stop.stop_requested()) {
        return tl::unexpected(cancelled(request));
    }
    if (run.tooDeep) {
        return failure(ErrorCode::TooLarge,
                       "elements are nested deeper than " + std::to_string(request.limits.nesting),
                       request.name);
    }
    ExtractedText document = run.writer.take();
    if (run.writer.isFull()) {
        return tl::unexpected(tooMuchText(request));
    }
    auto facts = frontMatterFromMeta(run.writer.meta(), request.name);
    if (!facts) {
        return tl::unexpected(facts.error());
    }
    document.facts = std::move(*facts);
    if (document.facts.title.empty()) {
        document.facts.title = run.writer.title();
    }
    return document;
}

} // namespace plumbline::corpus
