#include "ui/assistant/answer_keeping.h"

#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QMimeData>

#include "ui/assistant/answer_actions.h"
#include "ui/assistant/answer_export.h"
#include "ui/jobs/job_list.h"
#include "ui/widgets/formatters.h"

namespace plumbline::ui::assistant {

using namespace Qt::Literals::StringLiterals;
using namespace plumbline::ui::widgets;

AnswerKeeping::AnswerKeeping(const Services& services, jobs::JobList& jobList, AnswerActions& actions,
                             std::function<Turn*()> current, std::vector<Turn>& thread, QWidget* page)
    : QObject(page), m_services(services), m_actions(actions), m_current(std::move(current)),
      m_thread(thread), m_page(page), m_judgeJob(tr("Keeping the judgement")),
      m_exportJob(tr("Exporting the answer"))
{
    connect(&actions, &AnswerActions::copyRequested, this, &AnswerKeeping::copy);
    connect(&actions, &AnswerActions::exportRequested, this, &AnswerKeeping::exportAs);
    connect(&actions, &AnswerActions::judged, this, &AnswerKeeping::judge);
    jobList.watch(&m_exportJob);
}

AnswerKeeping::~AnswerKeeping() = default;

void AnswerKeeping::copy()
{
    const Turn* turn = m_current();
    if (turn == nullptr)
        return;
    auto* content = new QMimeData;
    content->setText(answerAsText(*turn));
    content->setHtml(answerAsHtml(*turn));
    QApplication::clipboard()->setMimeData(content);
    m_actions.showOutcome(tr("Copied with citations"), true);
}

void AnswerKeeping::exportAs(bool pdf)
{
    const Turn* turn = m_current();
    if (turn == nullptr)
        return;
    auto* dialog = new QFileDialog(m_page, tr("Save the answer"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(pdf ? u"pdf"_s : u"md"_s);
    dialog->setNameFilter(pdf ? tr("PDF (*.pdf)") : tr("Markdown (*.md)"));
    dialog->selectFile(pdf ? u"answer.pdf"_s : u"answer.md"_s);
    connect(dialog, &QFileDialog::fileSelected, this, [this, pdf, kept = *turn](const QString& file) {
        auto work = [kept, file, pdf](const jobs::Job<bool>::Context&) -> Result<bool> {
            const Result<void> written = pdf ? writePdf(kept, file) : writeMarkdown(kept, file);
            if (!written)
                return tl::unexpected(written.error());
            return true;
        };
        m_exportJob.start(std::move(work), [this, file](Result<bool> done) {
            m_actions.showOutcome(done ? tr("Saved: %1").arg(file) : toQt(done.error().describe()),
                                  done.has_value());
        });
    });
    dialog->open();
}

void AnswerKeeping::judge(plumbline::assistant::Judgement judgement, const QString& note)
{
    const Turn* turn = m_current();
    if (turn == nullptr)
        return;
    const bool helpful = judgement == plumbline::assistant::Judgement::Helpful;
    auto work = [services = m_services, kept = *turn, judgement,
                 words = toUtf8(note)](const jobs::Job<bool>::Context&) -> Result<bool> {
        const Result<void> done = services.judge(kept, judgement, words);
        if (!done)
            return tl::unexpected(done.error());
        return true;
    };
    m_judgeJob.start(std::move(work), [this, trace = turn->answer.trace, helpful](Result<bool> done) {
        for (Turn& kept : m_thread) {
            if (done && kept.answer.trace == trace)
                kept.judged = helpful ? "helpful" : "wrong";
        }
        if (const Turn* shown = m_current())
            m_actions.setTurn(*shown);
        m_actions.showOutcome(done ? (helpful ? tr("Kept as helpful") : tr("Kept as wrong"))
                                   : toQt(done.error().describe()),
                              done.has_value());
    });
}

} // namespace plumbline::ui::assistant
