#include "ui/prompts/version_panel.h"

#include <QBoxLayout>
#include <QEvent>
#include <QTextBrowser>

#include "ui/prompts/version_html.h"
#include "ui/widgets/theme.h"

namespace plumbline::ui::prompts {

VersionPanel::VersionPanel(QWidget* parent) : QWidget(parent)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    m_text = new QTextBrowser(this);
    m_text->setOpenLinks(false);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->document()->setDocumentMargin(4 * widgets::kGrid);
    m_text->setAccessibleName(tr("Prompt version"));
    column->addWidget(m_text);
}

void VersionPanel::setVersion(plumbline::prompts::PromptVersion version)
{
    m_version = std::move(version);
    render();
}

void VersionPanel::render()
{
    if (m_version)
        m_text->setHtml(versionHtml(*m_version, widgets::currentTokens()));
}

QString VersionPanel::shownText() const
{
    return m_text->toPlainText();
}

void VersionPanel::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        QMetaObject::invokeMethod(
            this, [this] { render(); }, Qt::QueuedConnection);
}

} // namespace plumbline::ui::prompts
