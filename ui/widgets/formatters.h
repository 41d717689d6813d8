// Figures, dates and words as the console writes them, and the step between the engine's UTF-8 and Qt's
// strings.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include <QDate>
#include <QString>

#include "app/base/date.h"
#include "app/base/progress.h"

namespace plumbline::ui::widgets {

QString toQt(std::string_view utf8);
std::string toUtf8(const QString& text);
QDate toQt(Date date);
Date toDate(const QDate& date);

QString number(std::size_t value);                                           // 12,345 in the user's locale
QString counted(std::size_t value, const QString& one, const QString& many); // "1 document", "3 documents"
QString score(double value);                                                 // 0.873, always three places
QString milliseconds(double value);                                          // "0.4 ms", "312 ms", "2.1 s"
QString bytes(double value);                                                 // "3.2 MB"
QString duration(std::chrono::milliseconds time);                            // "2 min 5 s"
QString age(Timestamp then, Timestamp now); // "just now", "5 min ago", "3 days ago"
QString localTime(Timestamp time);          // "2026-11-24 09:31", local zone
QString utcTime(Timestamp time);            // for tooltips
QString dateOrDash(const std::optional<Date>& date);

// "reading files: 120 of 400 files, 3.2 MB/s, 12 s left"
QString describe(const Progress& progress);

// "not_yet_effective" as a person reads it: "Not yet effective".
QString sentenceCase(std::string_view key);

// First `count` figures of a digest, for reading; the whole goes into tooltips and copies.
QString shortDigest(std::string_view digest, qsizetype count = 12);

} // namespace plumbline::ui::widgets
