#pragma once

#include <vector>

#include "tests/unit/hub/paper_fakes.h"
#include "tests/unit/hub/scoring_scene.h"

namespace zige::hub::testing {

/// A notice of points for 张伟 at the hospital that is yet to be made.
struct PaperScene : ScoringScene {
    /// While the first online key signs.
    PaperScene() : ScoringScene({xinyang_rules()}, "2026-05-30 09:00:00") {
        for (const auto& [name, value] : {std::pair{"issuer", "信阳市医疗保障中心"}, std::pair{"facts", "串换诊疗项目"}})
            order.typed.texts.emplace(name, value);
        order.subject.kind = PaperKind::scoring_notice;
        order.subject.institution = kHospital;
        order.subject.person = kWho;
        order.subject.document = kDocument;
    }
    PaperPress press() const { return {pdf, code, [](const QrMatrix&, int) { return std::string("<svg/>"); }}; }
    Result<Paper> make() { return hub().papers().make(kOperator, order, press()); }
    std::string html() { return std::string(as_text(must(make()).content)); }
    /// Events of the log of this kind.
    std::vector<LogEvent> logged(HubEvent kind) {
        auto events = must(hub().log(0, 10'000));
        std::erase_if(events, [&](const LogEvent& each) { return each.event != kind; });
        return events;
    }

    static inline const std::string kDocument = "信医保处〔2026〕12号";
    PlainPdf pdf;
    SeenCode code;
    PaperOrder order;
};

}  // namespace zige::hub::testing
