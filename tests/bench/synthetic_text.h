// English-like text for measurements: real stop words at their natural share, invented words by Zipf's law,
// topics.
#pragma once

#include <cmath>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace plumbline::bench {

class SyntheticText {
public:
    explicit SyntheticText(std::uint32_t seed) : m_random(seed)
    {
        for (std::size_t i = 0; i < kVocabulary; ++i)
            m_words.push_back(invented(i));
        double sum = 0;
        for (std::size_t i = 0; i < kVocabulary; ++i)
            m_cumulated.push_back(sum += 1 / std::pow(static_cast<double>(i) + 2.7, 1.05));
    }

    // `words` words; the ones with meaning partly from the topic.
    std::string passage(std::size_t topic, std::size_t words)
    {
        static const std::vector<std::string> stops = {"the",  "of",   "and", "to",   "a",    "in", "is",
                                                       "that", "for",  "it",  "with", "as",   "on", "be",
                                                       "by",   "this", "are", "or",   "from", "at"};
        std::string text;
        for (std::size_t i = 0; i < words; ++i) {
            const double dice = uniform();
            if (dice < 0.42)
                text += stops[static_cast<std::size_t>(uniform() * uniform() *
                                                       static_cast<double>(stops.size()))];
            else if (dice < 0.62)
                text += m_words[topicWord(topic)];
            else
                text += m_words[zipf()];
            text += i % 14 == 13 ? ". " : " ";
        }
        return text;
    }

    // A question as people ask it: "what is the … for … when the …".
    std::string question(std::size_t topic)
    {
        static const std::vector<std::string> openings = {"what is the ",   "how do we ",
                                                          "when does the ", "who approves the ",
                                                          "which of the ",  "how long can a "};
        return openings[m_random() % openings.size()] + passage(topic, 4 + m_random() % 9);
    }

    std::size_t topic() { return m_random() % kTopics; }

private:
    static constexpr std::size_t kVocabulary = 60'000;
    static constexpr std::size_t kTopics = 300;

    static std::string invented(std::size_t number)
    {
        static const std::string consonants = "bcdfglmnprstvz";
        static const std::string vowels = "aeiou";
        std::string word;
        std::size_t rest = number * 7 + 13;
        while (rest > 0 || word.size() < 4) {
            word += consonants[rest % consonants.size()];
            rest /= consonants.size();
            word += vowels[rest % vowels.size()];
            rest /= vowels.size();
        }
        return word;
    }
    double uniform() { return static_cast<double>(m_random()) / 4294967296.0; }
    std::size_t zipf()
    {
        const auto at =
            std::lower_bound(m_cumulated.begin(), m_cumulated.end(), uniform() * m_cumulated.back());
        return static_cast<std::size_t>(at - m_cumulated.begin());
    }
    std::size_t topicWord(std::size_t topic)
    {
        const auto place = static_cast<std::size_t>(uniform() * uniform() * 120);
        return 50 + (topic * 7919 + place * 104'729) % 20'000;
    }

    std::mt19937 m_random;
    std::vector<std::string> m_words;
    std::vector<double> m_cumulated;
};

} // namespace plumbline::bench
