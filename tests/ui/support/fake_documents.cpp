#include <algorithm>

#include "tests/ui/support/fake_services.h"

namespace plumbline::tests {

using plumbline::corpus::Approval;
using plumbline::corpus::Block;
using plumbline::corpus::BlockKind;
using plumbline::corpus::DocumentRow;
using plumbline::corpus::State;
using plumbline::corpus::UnitKind;
using plumbline::corpus::Verdict;

namespace {

DocumentRow row(std::int64_t key, std::string id, std::string title, std::string version, std::string path,
                Verdict verdict)
{
    DocumentRow row;
    row.key = key;
    row.id = std::move(id);
    row.title = std::move(title);
    row.version = std::move(version);
    row.path = std::move(path);
    row.verdict = verdict;
    row.state = verdict == Verdict::Draft      ? State::Draft
                : verdict == Verdict::InReview ? State::InReview
                                               : State::Approved;
    row.approval = row.state == State::Approved ? Approval::FrontMatter : Approval::None;
    row.owner = "Incident Commander";
    row.effective = *parseDate("2026-02-01");
    row.expires = *parseDate("2028-02-01");
    row.classification = "Internal";
    row.tags = {"incident", "payments"};
    row.chunks = 9;
    row.characters = 6'412;
    row.digest = "5f1d8c7a9b3e42d6a0c4e8f7b6d5c4a3928170615f4e3d2c1b0a99887766554e";
    return row;
}

constexpr const char* kText =
    "# Certificate Rotation for Payment Gateways\n\n"
    "Payment gateways present a client certificate to the card schemes. A certificate is rotated **30 days** "
    "before it "
    "expires, and the `payments-gateway` service is restarted on one node at a time.\n\n"
    "## When payments fail after a rotation\n\n"
    "Payments that fail with error `TLS-1403` after a rotation mean that a node still presents the old "
    "certificate.\n\n"
    "1. Check the fingerprint on every node with `gatewayctl cert show`.\n"
    "2. Restart the node that shows the old fingerprint; wait until it reports ready.\n"
    "3. Tell the Incident Commander when two nodes or more are affected.\n\n"
    "| Severity | First response | Who decides |\n| --- | --- | --- |\n| SEV1 | 15 minutes | Incident "
    "Commander |\n"
    "| SEV2 | 30 minutes | Duty Manager |\n\n"
    "## Commands\n\n```\ngatewayctl cert show --all\ngatewayctl restart --node pg-02 --drain 60s\n```\n\n"
    "See [the scheme's notice](https://scheme.example/notices/tls) and IR-001 for the response times.\n";

Block block(BlockKind kind, std::string_view part, int level = 0, int group = 0)
{
    const std::string_view text = kText;
    const std::size_t at = text.find(part);
    Block block;
    block.kind = kind;
    block.span = {at, at + part.size()}; // the text is ASCII
    block.level = level;
    block.group = group;
    block.ordered = kind == BlockKind::ListItem;
    return block;
}

} // namespace

std::vector<DocumentRow> bankRows()
{
    std::vector<DocumentRow> rows = {
        row(1, "IR-001", "Incident Classification and Response Times", "3.1",
            "documents/incident-response/IR-001-classification.md", Verdict::Usable),
        row(2, "IR-001", "Incident Classification and Response Times", "2.4",
            "documents/superseded/IR-001-v2.4.md", Verdict::Superseded),
        row(3, "PAY-014", "Certificate Rotation for Payment Gateways", "1.2",
            "documents/payments/PAY-014-certificates.md", Verdict::Usable),
        row(4, "PAY-020", "Chargeback Handling", "2.0", "documents/payments/PAY-020-chargebacks.pdf",
            Verdict::Usable),
        row(5, "PAY-031", "Instant Payments Limits", "0.9", "documents/payments/PAY-031-instant.md",
            Verdict::Draft),
        row(6, "IAM-003", "Break-glass Access", "4.0", "documents/access/IAM-003-break-glass.docx",
            Verdict::InReview),
        row(7, "IAM-001", "Joiner, Mover, Leaver", "5.2", "documents/access/IAM-001-jml.md", Verdict::Usable),
        row(8, "KYC-007", "Enhanced Due Diligence", "1.1", "documents/kyc/KYC-007-edd.md", Verdict::Expired),
        row(9, "KYC-009", "Sanctions Screening", "3.0", "documents/kyc/KYC-009-sanctions.html",
            Verdict::NotYetEffective),
        row(10, "OPS-002", "Data Centre Evacuation", "1.0", "documents/operations/OPS-002-evacuation.md",
            Verdict::Usable),
    };
    rows[7].expires = *parseDate("2026-06-30");
    rows[9].approval = Approval::ByDefault;
    rows[4].quarantined = false;
    DocumentRow hostile = row(11, "OPS-099", "Supplier Handbook", "1.0",
                              "documents/operations/OPS-099-supplier.html", Verdict::Quarantined);
    hostile.quarantined = true;
    hostile.approval = Approval::None;
    hostile.reason = "hidden text addresses the assistant (style display:none)";
    rows.push_back(hostile);
    DocumentRow scan;
    scan.path = "documents/operations/site-plan.pdf";
    scan.skipped = true;
    scan.reason = "has no text (scanned?)";
    rows.push_back(scan);
    return rows;
}

std::vector<DocumentRow> manyRows(std::size_t count, std::size_t perFolder)
{
    const Verdict verdicts[] = {Verdict::Usable, Verdict::Usable,  Verdict::Usable,
                                Verdict::Draft,  Verdict::Expired, Verdict::Superseded};
    std::vector<DocumentRow> rows;
    rows.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        const std::string number = std::to_string(100'000 + i).substr(1);
        const std::string folder = "documents/area-" + std::to_string(i / perFolder);
        rows.push_back(row(static_cast<std::int64_t>(i + 1), "DOC-" + number,
                           "Procedure " + number + " for the handling of payments", "1.0",
                           folder + "/DOC-" + number + ".md", verdicts[i % 6]));
    }
    return rows;
}

plumbline::corpus::DocumentView bankDocument()
{
    plumbline::corpus::DocumentView view;
    view.row = bankRows()[2];
    view.text = kText;
    view.blocks = {
        block(BlockKind::Heading, "# Certificate Rotation for Payment Gateways", 1),
        block(BlockKind::Paragraph,
              "Payment gateways present a client certificate to the card schemes. A certificate is rotated "
              "**30 days** before it "
              "expires, and the `payments-gateway` service is restarted on one node at a time."),
        block(BlockKind::Heading, "## When payments fail after a rotation", 2),
        block(BlockKind::Paragraph, "Payments that fail with error `TLS-1403` after a rotation mean that a "
                                    "node still presents the old certificate."),
        block(BlockKind::ListItem, "Check the fingerprint on every node with `gatewayctl cert show`.", 1, 1),
        block(BlockKind::ListItem,
              "Restart the node that shows the old fingerprint; wait until it reports ready.", 1, 1),
        block(BlockKind::ListItem, "Tell the Incident Commander when two nodes or more are affected.", 1, 1),
        block(BlockKind::TableHeader, "| Severity | First response | Who decides |", 0, 2),
        block(BlockKind::TableRow, "| SEV1 | 15 minutes | Incident Commander |", 0, 2),
        block(BlockKind::TableRow, "| SEV2 | 30 minutes | Duty Manager |", 0, 2),
        block(BlockKind::Heading, "## Commands", 2),
        block(BlockKind::Code,
              "```\ngatewayctl cert show --all\ngatewayctl restart --node pg-02 --drain 60s\n```"),
        block(BlockKind::Paragraph, "See [the scheme's notice](https://scheme.example/notices/tls) and "
                                    "IR-001 for the response times."),
    };
    const auto chunk = [&](std::string heading, std::size_t first, std::size_t last) {
        plumbline::corpus::Chunk piece;
        piece.heading = std::move(heading);
        piece.span = {view.blocks[first].span.start, view.blocks[last].span.end};
        return piece;
    };
    view.chunks = {chunk("Certificate Rotation", 0, 1), chunk("When payments fail", 2, 9),
                   chunk("Commands", 10, 12)};
    return view;
}

} // namespace plumbline::tests
