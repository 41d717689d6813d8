// Ways into the page, and what it remembers.
#include <QDesktopServices>
#include <QSettings>
#include <QSplitter>
#include <QTabWidget>
#include <QUrl>

#include "ui/prompts/catalogue_panel.h"
#include "ui/prompts/input_bar.h"
#include "ui/prompts/labels_panel.h"
#include "ui/prompts/playground_panel.h"
#include "ui/prompts/prompts_page.h"
#include "ui/prompts/run_panel.h"
#include "ui/widgets/diff_view.h"
#include "ui/widgets/formatters.h"

namespace plumbline::ui::prompts {

using namespace Qt::Literals::StringLiterals;
using namespace plumbline::ui::widgets;

void PromptsPage::showTab(Tab tab)
{
    m_tabs->setCurrentIndex(static_cast<int>(tab));
}

void PromptsPage::setQuestion(const QString& question)
{
    for (InputBar* input : {&m_messages->input(), &m_run->input(), &m_playground->input()})
        input->setQuestion(question);
}

void PromptsPage::runOn(const QString& reference, const QString& question, const QString& model)
{
    setQuestion(question);
    m_run->input().setModel(model);
    m_playground->input().setModel(model);
    showTab(Tab::Run);
    m_runAtOnce = true;
    if (reference.isEmpty() && m_number != 0)
        readPair(); // the version that is shown will do
    else
        open(reference);
}

void PromptsPage::focusFilter()
{
    m_list->focusFilter();
}

QString PromptsPage::shownVersion() const
{
    return m_number == 0 ? QString() : u"%1@v%2"_s.arg(m_name).arg(m_number);
}

void PromptsPage::openFile(const QString& path)
{
    QDesktopServices::openUrl(QUrl::fromLocalFile(toQt(m_services.folder) + u'/' + path));
}

void PromptsPage::saveState(QSettings& settings) const
{
    settings.setValue(u"prompts/splitter"_s, m_splitter->saveState());
    settings.setValue(u"prompts/tab"_s, m_tabs->currentIndex());
    settings.setValue(u"prompts/model"_s, m_run->input().model());
    m_list->saveState(settings);
    m_diff->view().saveState(settings, u"prompts/diff"_s);
    m_messages->view().saveState(settings, u"prompts/messages"_s);
}

void PromptsPage::restoreState(const QSettings& settings)
{
    m_splitter->restoreState(settings.value(u"prompts/splitter"_s).toByteArray());
    m_tabs->setCurrentIndex(settings.value(u"prompts/tab"_s, 0).toInt());
    m_run->input().setModel(settings.value(u"prompts/model"_s).toString());
    m_playground->input().setModel(settings.value(u"prompts/model"_s).toString());
    m_list->restoreState(settings);
    m_diff->view().restoreState(settings, u"prompts/diff"_s);
    m_messages->view().restoreState(settings, u"prompts/messages"_s);
    const int version = settings.value(u"prompts/version"_s).toInt();
    if (version > 0)
        m_wanted = u"%1@v%2"_s.arg(settings.value(u"prompts/name"_s).toString()).arg(version);
}

} // namespace plumbline::ui::prompts
