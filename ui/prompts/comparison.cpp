#include "ui/prompts/comparison.h"

#include <algorithm>

#include <QCoreApplication>

#include "app/base/text_diff.h"
#include "ui/widgets/diff_rows_of.h"
#include "ui/widgets/formatters.h"

namespace plumbline::ui::prompts {

using namespace Qt::Literals::StringLiterals;
using namespace plumbline::ui::widgets;
using plumbline::prompts::PromptVersion;
using plumbline::prompts::Rendered;

namespace {

using Fields = std::vector<std::pair<QString, QString>>;
using Sections = std::vector<std::pair<QString, std::string>>;

QString words(const char* text)
{
    return QCoreApplication::translate("plumbline::prompts", text);
}

QString layoutWord(plumbline::prompts::Layout layout)
{
    switch (layout) {
    case plumbline::prompts::Layout::Prose:
        return u"prose"_s;
    case plumbline::prompts::Layout::List:
        return u"list"_s;
    case plumbline::prompts::Layout::Json:
        break;
    }
    return u"json"_s;
}

QString kindWord(plumbline::prompts::VariableKind kind)
{
    constexpr const char* kWords[] = {"text",    "question", "ticket", "passages",
                                      "integer", "number",   "date",   "choice"};
    return QString::fromLatin1(kWords[static_cast<std::size_t>(kind)]);
}

void addParameters(Fields& fields, const llm::ModelParameters& parameters)
{
    const auto add = [&](const QString& name, const auto& value) {
        if (value)
            fields.emplace_back(name, QString::number(*value));
    };
    add(u"temperature"_s, parameters.temperature);
    add(u"top_p"_s, parameters.topP);
    add(u"max_output_tokens"_s, parameters.maxOutputTokens);
    if (parameters.seed)
        fields.emplace_back(u"seed"_s, QString::number(static_cast<qlonglong>(*parameters.seed)));
    QStringList stops;
    for (const std::string& stop : parameters.stop)
        stops << toQt(stop);
    if (!stops.isEmpty())
        fields.emplace_back(u"stop"_s, stops.join(u", "_s));
    if (parameters.logprobs)
        fields.emplace_back(u"logprobs"_s, u"true"_s);
}

void addSection(DiffDocument& document, const QString& name, const std::string& left,
                const std::string& right)
{
    if (left.empty() && right.empty())
        return;
    DiffRow heading;
    heading.kind = widgets::DiffKind::Heading;
    heading.left.text = name;
    document.rows.push_back(std::move(heading));
    std::vector<widgets::DiffRow> rows = rowsOf(diffText(left, right));
    std::move(rows.begin(), rows.end(), std::back_inserter(document.rows));
}

// Sections of both sides under the same name, in the order of the left side, then what only the right has.
void addSections(DiffDocument& document, const Sections& left, const Sections& right)
{
    const auto find = [](const Sections& sections, const QString& name) -> const std::string& {
        static const std::string none;
        const auto place = std::find_if(sections.begin(), sections.end(),
                                        [&](const auto& section) { return section.first == name; });
        return place == sections.end() ? none : place->second;
    };
    for (const auto& [name, text] : left)
        addSection(document, name, text, find(right, name));
    for (const auto& [name, text] : right) {
        if (find(left, name).empty())
            addSection(document, name, {}, text);
    }
}

QString roleWord(llm::Role role)
{
    constexpr const char* kWords[] = {"system", "user", "assistant", "tool"};
    return QString::fromLatin1(kWords[static_cast<std::size_t>(role)]);
}

Sections messagesOf(const Rendered& rendered)
{
    Sections sections;
    int number = 0;
    for (const llm::Message& message : rendered.messages)
        sections.emplace_back(words("Message %1, %2").arg(++number).arg(roleWord(message.role)),
                              message.content);
    Fields fields;
    addParameters(fields, rendered.parameters);
    std::string text;
    for (const auto& [name, value] : fields)
        text += toUtf8(name + u": "_s + value) + '\n';
    sections.emplace_back(words("Parameters"), text);
    sections.emplace_back(words("Response schema"), rendered.responseSchema);
    return sections;
}

} // namespace

Fields fieldsOf(const PromptVersion& version)
{
    Fields fields;
    const auto add = [&](const QString& name, const std::string& value) {
        if (!value.empty())
            fields.emplace_back(name, toQt(value));
    };
    add(u"title"_s, version.title);
    add(u"purpose"_s, version.purpose);
    add(u"task"_s, version.task);
    add(u"author"_s, version.authorRole);
    add(u"change_note"_s, version.changeNote);
    add(u"guard_policy"_s, version.guardPolicy);
    addParameters(fields, version.parameters);
    fields.emplace_back(u"layout"_s, layoutWord(version.form.layout));
    fields.emplace_back(u"max_sentences"_s, QString::number(version.form.maxSentences));
    fields.emplace_back(u"answer_from"_s, QString::number(version.form.answerFrom));
    fields.emplace_back(u"unsupported"_s, version.form.unsupported == plumbline::prompts::Unsupported::Mark
                                              ? u"mark"_s
                                              : u"withhold"_s);
    for (const auto& variable : version.variables) {
        QString value = kindWord(variable.kind);
        if (!variable.required)
            value += words(", optional");
        if (!variable.fallback.empty())
            value += u" = "_s + toQt(variable.fallback);
        fields.emplace_back(u"variable "_s + toQt(variable.name), value);
    }
    return fields;
}

Sections sectionsOf(const PromptVersion& version)
{
    Sections sections;
    sections.emplace_back(words("System"), version.system);
    sections.emplace_back(words("User"), version.user);
    int number = 0;
    for (const auto& example : version.examples) {
        ++number;
        sections.emplace_back(words("Example %1, user").arg(number), example.user);
        sections.emplace_back(words("Example %1, assistant").arg(number), example.assistant);
    }
    sections.emplace_back(words("Output schema"), version.outputSchema);
    return sections;
}

DiffDocument compareVersions(const PromptVersion& left, const PromptVersion& right)
{
    DiffDocument document;
    document.leftName = toQt(left.id());
    document.rightName = toQt(right.id());
    const auto frontMatter = [](const PromptVersion& version) {
        std::string text;
        for (const auto& [name, value] : fieldsOf(version))
            text += toUtf8(name + u": "_s + value) + '\n';
        return text;
    };
    addSection(document, words("Front matter"), frontMatter(left), frontMatter(right));
    addSections(document, sectionsOf(left), sectionsOf(right));
    return document;
}

DiffDocument compareMessages(const Rendered& left, const QString& leftName, const Rendered& right,
                             const QString& rightName)
{
    DiffDocument document;
    document.leftName = leftName;
    document.rightName = rightName;
    addSections(document, messagesOf(left), messagesOf(right));
    return document;
}

} // namespace plumbline::ui::prompts
