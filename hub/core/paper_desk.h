#pragma once

#include <optional>
#include <string>
#include <vector>

#include "hub/core/notices.h"
#include "hub/core/paper_facts.h"
#include "hub/core/papers/html.h"
#include "hub/core/papers/template.h"
#include "hub/core/ports/pdf.h"

namespace zige::hub {

enum class PaperFormat { html, pdf, csv };
const char* to_string(PaperFormat format);
std::optional<PaperFormat> paper_format_from(std::string_view name);

/// What papers are made with.
struct PaperPress {
    const PdfPrinter& pdf;
    const QrEncoder& qr;
    QrDrawing drawing;
};

struct PaperOrder {
    PaperSubject subject;
    PaperFormat format = PaperFormat::html;
    PaperData typed;       ///< wins over what the hub knows; over what a case knows only where the wording is free
    std::string template_; ///< the bureau's own; empty: the shipped one
    bool draft = false;    ///< nothing is recorded, nothing is signed
};

struct PaperInfo {
    std::uint64_t number = 0;  ///< 0: nothing was recorded
    PaperKind kind = PaperKind::prior_notice;
    PaperFormat format = PaperFormat::html;
    std::string document;
    std::string institution;
    PersonId person;
    std::uint64_t case_number = 0;  ///< known where it was just made, or of_case() was asked
    Hash256 hash{};  ///< of its bytes
    Instant at{};
    std::string actor;
};
struct Paper {
    PaperInfo info;
    Bytes content;
    bool with_statement = false;  ///< its code carries the signed statement
    const char* why_unsigned = "";  ///< "draft", "nothing_runs" or "number_too_long": why a notice of points has none
};

/// Makes papers and keeps those that are issued. Any thread.
class PaperDesk {
public:
    PaperDesk(const Environment& env, Publisher& publisher, const PaperFacts& facts, Notices& notices)
        : env_(env), publisher_(publisher), facts_(facts), notices_(notices) {}

    /// A paper about a document, and a report, is issued: kept byte for byte, with an event paper_issued that has its
    /// hash. Forms are not. A notice of points whose document runs against the person carries the signed statement.
    /// paper_bad_template; case_missing_field: what an article demands is not known, type it; case_bad_field: typed
    /// what this paper has not; paper_unknown: CSV of a paper without a list; paper_failed; what the facts say.
    Result<Paper> make(const std::string& actor, const PaperOrder& order, const PaperPress& press) const;
    /// The same bytes as issued, or in another format the same paper. paper_unknown; store_corrupt: not what was issued.
    Result<Paper> again(std::uint64_t number, std::optional<PaperFormat> format, const PaperPress& press) const;
    /// The newest first. `document` empty: all.
    Result<std::vector<PaperInfo>> list(const std::string& document, std::uint32_t limit) const;
    /// Those that were made for a case, oldest first. case_not_found.
    Result<std::vector<PaperInfo>> of_case(std::uint64_t number) const;

private:
    /// Why there is none, as Paper::why_unsigned; "" if it is there, or the paper is no notice of points.
    Result<const char*> add_statement(const std::string& actor, const PaperOrder& order, PaperData& data) const;
    Result<void> keep(const std::string& actor, Paper& paper, std::string_view markup) const;

    Environment env_;
    Publisher& publisher_;
    const PaperFacts& facts_;
    Notices& notices_;
};

}  // namespace zige::hub
