#include "app/corpus/xml_reader.h"

#include <libxml/xmlreader.h>

namespace plumbline::corpus {

namespace {

std::string_view view(const xmlChar* text)
{
    return text == nullptr ? std::string_view{} : std::string_view(reinterpret_cast<const char*>(text));
}

void ignoreError(void* /*context*/, const char* /*message*/, xmlParserSeverities /*severity*/,
                 xmlTextReaderLocatorPtr /*place*/)
{
}

// The value of the attribute with this local name, whatever its prefix; nullptr when absent. Leaves the
// reader on the element.
const xmlChar* find(xmlTextReaderPtr reader, std::string_view localName)
{
    const xmlChar* value = nullptr;
    for (int more = xmlTextReaderMoveToFirstAttribute(reader); more == 1;
         more = xmlTextReaderMoveToNextAttribute(reader)) {
        if (view(xmlTextReaderConstLocalName(reader)) == localName) {
            value = xmlTextReaderConstValue(reader);
            break;
        }
    }
    xmlTextReaderMoveToElement(reader);
    return value;
}

} // namespace

XmlReader::XmlReader(std::string_view xml)
    : m_reader(xmlReaderForMemory(xml.data(), static_cast<int>(xml.size()), nullptr, nullptr,
                                  XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING))
{
    if (m_reader != nullptr) {
        xmlTextReaderSetErrorHandler(m_reader, ignoreError, nullptr);
    }
}

XmlReader::~XmlReader()
{
    xmlFreeTextReader(m_reader);
}

bool XmlReader::next()
{
    if (m_reader == nullptr) {
        m_failed = true;
    }
    if (m_endOfEmpty && !m_failed) {
        m_endOfEmpty = false;
        m_event = Event::End;
        return true;
    }
    while (!m_failed) {
        const int state = xmlTextReaderRead(m_reader);
        if (state == 0) {
            return false;
        }
        m_failed = state < 0;
        switch (m_failed ? XML_READER_TYPE_NONE : xmlTextReaderNodeType(m_reader)) {
        case XML_READER_TYPE_ELEMENT:
            m_event = Event::Start;
            m_endOfEmpty = xmlTextReaderIsEmptyElement(m_reader) == 1;
            return true;
        case XML_READER_TYPE_END_ELEMENT:
            m_event = Event::End;
            return true;
        case XML_READER_TYPE_TEXT:
        case XML_READER_TYPE_CDATA:
        case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
            m_event = Event::Text;
            return true;
        case XML_READER_TYPE_DOCUMENT_TYPE:
            m_failed = true; // office files have none; it could only bring entities
            break;
        default:
            break;
        }
    }
    return false;
}

std::string_view XmlReader::name() const
{
    return view(xmlTextReaderConstLocalName(m_reader));
}

std::string_view XmlReader::text() const
{
    return view(xmlTextReaderConstValue(m_reader));
}

std::string XmlReader::attribute(const char* localName) const
{
    return std::string(view(find(m_reader, localName)));
}

bool XmlReader::hasAttribute(const char* localName) const
{
    return find(m_reader, localName) != nullptr;
}

int XmlReader::depth() const
{
    return xmlTextReaderDepth(m_reader);
}

} // namespace plumbline::corpus
