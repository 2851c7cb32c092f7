#include "tests/vectors/samples.h"

namespace zige::vectors {
namespace {

using namespace zige::wire;

Day day(int year, unsigned month, unsigned at) {
    return Day{std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{at}};
}

// From sealed.json, because sealing gives other bytes each time.
constexpr const char* kSealedIdentity =
    "8443a10103a1054cc95b8ee13aa1fe4b37643c0858270d0a93ce8498da12d935fe3a8ceaeea1419371560b209bb82b40a600c1bd7d20bfdae0"
    "d5"
    "a6fe0381834ea201381804489ffeda90623e8522a120a301012004215820b7db5ac83d512bb633aa13928387ac260db3333b542fd4f94489f6"
    "4b"
    "1e555d5d40";

/// The next of the story: each a minute after the one before.
Filing filing(int number, FilingBody body) {
    const Instant now = kPublished + std::chrono::seconds{93'000 + 60 * number};
    return {uuid(0xd3 + number), {kPublished, now, now - std::chrono::seconds{12}}, "王芳", std::move(body)};
}

}  // namespace

/// Its identity is sealed to the hub's sealing key: ["01", "410000199003070000"], a number that nobody has.
RegistrationFiling registration() {
    RegistrationFiling f;
    f.code = "D411502000777";
    f.licence = "110411500000777";
    f.name = "李新";
    f.department = "A01";
    f.commitment_signed = day(2026, 11, 23);
    f.from = day(2026, 11, 23);
    f.identity = from_hex(kSealedIdentity).value();
    return f;
}

std::vector<FilingSample> more_filings() {
    const Instant died = kPublished + std::chrono::hours{20};
    const std::string notice = "信医保处〔2026〕12号";
    ChangeFiling change{{4}, {}, "B02", {}, Category::nurse, {}};
    RegistrationFiling doctor = registration();
    return {
        {"registration", "somebody new, with commitment", filing(1, doctor)},
        {"change", "another department and category", filing(2, change)},
        {"commitment", "signed on 2026-11-23", filing(3, CommitmentFiling{{4}, day(2026, 11, 23)})},
        {"amend", "another last day of the departure", filing(4, AmendFiling{uuid(0xd1), day(2026, 11, 25)})},
        {"leave", "maternity leave to 2027-02-05",
         filing(5, LeaveFiling{{4}, LeaveKind::maternity, day(2026, 9, 1), day(2027, 2, 5)})},
        {"transfer", "to another institution of the owner",
         filing(6, TransferFiling{{4}, day(2026, 11, 30), "H41150200018", day(2026, 12, 1)})},
        {"rehire", "retired and employed again", filing(7, RehireFiling{{3}, day(2026, 11, 21), {}})},
        {"death", "at a time", filing(8, DeathFiling{{3}, died})},
        {"alias", "a staff number", filing(9, AliasFiling{{4}, "0412", false})},
        {"duty-session", "signed on and off",
         filing(10, DutySessionFiling{{4}, kPublished, kPublished + std::chrono::hours{9}})},
        {"presence", "still here", filing(11, PresenceFiling{{4}, true, "在岗"})},
        {"licence-lapse", "a licence that is no longer held",
         filing(12, LicenceLapseFiling{{4}, "110411500000456", day(2026, 11, 20), "注销注册"})},
        {"appeal", "against a decision",
         filing(13, AppealFiling{{1}, notice, "处方由他人开具，附门诊日志", filled(0xa7)})},
        {"repair", "for repair of points", filing(14, RepairFiling{{1}, notice, "已完成培训", {}})},
        {"restoration", "before the end of a suspension",
         filing(15, RestorationFiling{{1}, notice, "申请恢复资格", {}})},
    };
}

}  // namespace zige::vectors
