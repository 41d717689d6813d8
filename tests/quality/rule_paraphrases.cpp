#include "tests/quality/rule_paraphrases.h"

#include <algorithm>
#include <regex>

namespace plumbline::tests {

namespace {

using Change = std::pair<std::regex, std::string>;

const std::vector<Change>& changes()
{
    static const std::vector<Change> kChanges = {
        {std::regex(R"(\bcan['’]t\b)"), "cannot"},
        {std::regex(R"(\bwon['’]t\b)"), "will not"},
        {std::regex(R"((\w)n['’]t\b)"), "$1 not"},
        {std::regex(R"(\b(I|i)t['’]s (?=not|a|the))"), "$1t is "},
        {std::regex(R"(\byou['’]re\b)"), "you are"},
        {std::regex(R"(\bthey['’]re\b)"), "they are"},
        {std::regex(R"(\byou['’]ll\b)"), "you will"},
        {std::regex(R"(\bmake sure\b)"), "ensure"},
        {std::regex(R"(\bask\b)"), "inquire"},
        {std::regex(R"(\bstart\b)"), "begin"},
        {std::regex(R"(\bstarted\b)"), "begun"},
        {std::regex(R"(\bbegins\b)"), "starts"},
        {std::regex(R"(\bquickly\b)"), "rapidly"},
        {std::regex(R"(\bhelp\b)"), "assist"},
        {std::regex(R"(\blarge\b)"), "big"},
        {std::regex(R"(\bpurchase\b)"), "buy"},
        {std::regex(R"(\bhappen\b)"), "occur"},
        {std::regex(R"(\bhappens\b)"), "occurs"},
        {std::regex(R"(\btelephone\b)"), "phone"},
        {std::regex(R"(\bdelete\b)"), "erase"},
        {std::regex(R"(\bdeleted\b)"), "erased"},
        {std::regex(R"(\bneeds\b)"), "requires"},
        {std::regex(R"(\bwithin 24 hours\b)"), "within one day"},
        {std::regex(R"( 2 (?=[a-z]))"), " two "},
        {std::regex(R"( 3 (?=[a-z]))"), " three "},
        {std::regex(R"( 5 (?=[a-z]))"), " five "},
        {std::regex(R"( 10 (?=[a-z]))"), " ten "},
        {std::regex(R"( 15 (?=[a-z]))"), " fifteen "},
        {std::regex(R"( 30 (?=[a-z]))"), " thirty "},
        {std::regex(R"(^(?:However|Also|Additionally|Remember|Generally), )"), ""},
        {std::regex(R"( and that )"), ", and that "},
    };
    return kChanges;
}

std::string capitalised(std::string text)
{
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') {
        text[0] = static_cast<char>(text[0] - 'a' + 'A');
    }
    return text;
}

std::string small(std::string text)
{
    const bool word = text.size() > 1 && text[1] >= 'a' && text[1] <= 'z';
    if (word && text[0] >= 'A' && text[0] <= 'Z') {
        text[0] = static_cast<char>(text[0] - 'A' + 'a');
    }
    return text;
}

// "If A, B." -> "B if A."
bool exchangeClauses(std::string& sentence)
{
    static const std::regex kFirst(
        R"(^(If|When|Before|After|While|During) ([^,]{8,80}), ([^,;:]{12,120})\.$)");
    std::smatch match;
    if (!std::regex_match(sentence, match, kFirst)) {
        return false;
    }
    sentence = capitalised(match[3]) + " " + small(match[1]) + " " + match[2].str() + ".";
    return true;
}

std::vector<std::string> sentences(const std::string& text)
{
    static const std::regex kSentence(R"([A-Z][^.!?|\n#\[\]<>*]{30,200}\.(?=\s|$))");
    std::vector<std::string> found;
    for (std::sregex_iterator at(text.begin(), text.end(), kSentence), end; at != end; ++at) {
        found.push_back(std::regex_replace(at->str(), std::regex("`"), ""));
    }
    return found;
}

bool binds(const std::string& sentence)
{
    static const std::regex kBinding(R"(\b(must|may|should|cannot|not|never|no|need|\w+n['’]t)\b)",
                                     std::regex::icase);
    return std::regex_search(sentence, kBinding);
}

} // namespace

std::vector<std::string> ruleParaphrases(const std::string& text)
{
    std::vector<std::string> answers;
    std::string held; // a changed sentence that waits for a second one
    for (std::string sentence : sentences(text)) {
        if (!binds(sentence)) {
            continue;
        }
        int changed = exchangeClauses(sentence) ? 2 : 0;
        for (const auto& [pattern, by] : changes()) {
            const std::string after = std::regex_replace(sentence, pattern, by);
            changed += after == sentence ? 0 : 1;
            sentence = after;
        }
        if (changed >= 2) {
            answers.push_back(capitalised(sentence));
        } else if (changed == 1 && held.empty()) {
            held = sentence;
        } else if (changed == 1) { // two merged into one
            answers.push_back(capitalised(sentence.substr(0, sentence.size() - 1)) + "; " + small(held));
            held.clear();
        }
    }
    return answers;
}

} // namespace plumbline::tests
